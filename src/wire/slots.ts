import type { Message } from './jsonrpc.js'

/** The place where the answer to one posted message is waited for on a shared stream. */
export interface Slot {
  readonly id: unknown
  readonly messages: Message[]
  /** Resolves when a message has come or `ms` have passed. */
  filled(ms: number): Promise<void>
}

/** Matches responses of a shared stream to the requests they answer. A response with an id nobody waits for goes to the oldest request: a mangled id must not look like silence. */
export class Slots {
  private readonly waiting = new Map<Slot, () => void>()
  private readonly done = new Set<unknown>()

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
    return slot
  }

  /** Hands a response to the request it answers. */
  fill(message: Message): void {
    const slots = [...this.waiting.keys()].filter((slot) => slot.messages.length === 0)
    const slot =
      slots.find((one) => one.id === message.id && one.id !== undefined) ??
      slots.find((one) => String(one.id) === String(message.id)) ??
      (this.done.has(message.id) ? undefined : slots[0])
    if (!slot) return
    slot.messages.push(message)
    this.waiting.get(slot)!()
  }

  /** Stops waiting. */
  close(slot: Slot): void {
    this.waiting.delete(slot)
    if (slot.id !== undefined) this.done.add(slot.id)
  }
}
