import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let isThrifty = false

/**
 * Has garbage collected early from now on, in the whole process. By default V8 lets several hundred MB of it gather, which is quicker
 * and, with a server that sends all it can, several times what is in use.
 */
export function keepMemorySmall(): void {
  if (!isThrifty) setFlagsFromString('--optimize-for-size')
  isThrifty = true
}

let collect: (() => void) | undefined

/** Has all garbage collected now: many large answers in a row outrun the collector, and their bytes lie outside of what it counts. */
export function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
