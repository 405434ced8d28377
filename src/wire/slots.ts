import type { Message } from './jsonrpc.js'

/** The place where the answer to one posted message is waited for on a shared stream. */
export interface Slot {
  readonly id: unknown
  readonly messages: Message[]
  /** Resolves when a message has come or `ms` have passed. */
  filled(ms: number): Promise<void>
}

/** Every id posted over a shared stream by this process, with the streams on which a response to it came. */
const issued = new Map<unknown, Set<Slots>>()

/**
 * How long a response is held back whose id nobody waits for here, in ms: a server that broadcasts sends ours as well, one that
 * mangles ids does not. Longer where the id was posted over another stream.
 */
const graceMs = { unknown: 250, foreign: 1000 }

/** Notes an id that is posted past any slot, so that a response to it is known as somebody's. */
export function issue(id: unknown): void {
  if (!issued.has(id)) issued.set(id, new Set())
}

/**
 * Matches responses of a shared stream to the requests they answer. A response with an id nobody waits for goes to the oldest request:
 * a mangled id must not look like silence.
 */
export class Slots {
  private readonly waiting = new Map<Slot, () => void>()
  private readonly own = new Set<unknown>()

  /** Opens a slot for a request id; undefined is a slot for whatever comes without a fitting id. */
  open(id: unknown): Slot {
    const messages: Message[] = []
    let wake = () => {}
    const came = new Promise<void>((resolve) => {
      wake = resolve
    })
    const filled = async (ms: number) => {
      if (messages.length > 0) return
      let timer: NodeJS.Timeout | undefined
      await Promise.race([came, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))])
      clearTimeout(timer)
    }
    const slot = { id, messages, filled }
    this.waiting.set(slot, wake)
    if (id !== undefined) {
      this.own.add(id)
      issue(id)
    }
    return slot
  }

  /** Hands a response to the request it answers. */
  fill(message: Message): void {
    const slots = [...this.waiting.keys()].filter((slot) => slot.messages.length === 0)
    const fitting =
      slots.find((one) => one.id === message.id && one.id !== undefined) ??
      slots.find((one) => String(one.id) === String(message.id))
    const oldest = slots[0]
    const seenOn = issued.get(message.id)?.add(this)
    if (fitting) this.put(fitting, message)
    else if (!oldest || this.own.has(message.id)) return
    else if (message.id === null || message.id === undefined) this.put(oldest, message)
    // Seen on its owner's stream too, it is a broadcast and nobody's answer here.
    else {
      const ripe = () => void ((seenOn?.size ?? 1) === 1 && this.put(oldest, message))
      setTimeout(ripe, seenOn ? graceMs.foreign : graceMs.unknown).unref()
    }
  }

  /** True for a response to a request that this process made over another stream. */
  isStray({ id }: Message): boolean {
    return id !== null && issued.has(id) && !this.own.has(id)
  }

  private put(slot: Slot, message: Message): void {
    const wake = this.waiting.get(slot)
    if (!wake || slot.messages.length > 0) return
    slot.messages.push(message)
    wake()
  }

  /** Stops waiting. */
  close(slot: Slot): void {
    this.waiting.delete(slot)
  }
}
