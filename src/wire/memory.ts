import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Allowance } from './reply.js'

/** Servers that mean well send fewer bytes than this in a run. */
const muchBytes = 24 << 20

/** Then no answer may be larger than this. */
const largestThen = 1 << 20

/** After every so many bytes of such a server all garbage is collected. */
const collectBytes = 12 << 20

/** In all the streams of a run together, so many events are kept beside the first of each. */
const mostEvents = 30_000

/** What one answer of a run may keep in memory, and all of them together: of a server that sends all it can, dozens are in memory at a time. */
export class Memory implements Allowance {
  private received = 0
  private collectedAt = 0
  private events = 0

  /** `most` bytes of one body may be kept, while the server has not sent very much in all. */
  constructor(private readonly most: number) {}

  get bytes(): number {
    return this.received > muchBytes ? Math.min(this.most, largestThen) : this.most
  }

  hasRoom(): boolean {
    if (++this.events < mostEvents) return true
    collectEarly()
    return false
  }

  /** Is told how many bytes an exchange had received when it ended. */
  ended(bytes: number): void {
    this.received += bytes
    if (this.received <= muchBytes) return
    collectEarly()
    if (this.received - this.collectedAt < collectBytes) return
    this.collectedAt = this.received
    collectNow()
  }
}

let isThrifty = false

/**
 * Has garbage collected early from now on, in the whole process. By default V8 lets several hundred MB of it gather, which is quicker
 * and, with a server that sends all it can, several times what is in use.
 */
function collectEarly(): void {
  if (!isThrifty) setFlagsFromString('--optimize-for-size')
  isThrifty = true
}

let collect: (() => void) | undefined

/** Has all garbage collected now: many large answers in a row outrun the collector, and their bytes lie outside of what it counts. */
function collectNow(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
