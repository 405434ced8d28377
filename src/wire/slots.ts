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

/** How long a response with another session's id is held back, in ms: a server that broadcasts sends it to its owner too, one that mangles ids does not. */
const graceMs = 500

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
      if (!issued.has(id)) issued.set(id, new Set())
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
    const stray = () => seenOn?.size === 1
    if (fitting) this.put(fitting, message)
    else if (!oldest || this.own.has(message.id)) return
    else if (seenOn) setTimeout(() => stray() && this.put(oldest, message), graceMs).unref()
    else this.put(oldest, message)
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
