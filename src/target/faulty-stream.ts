import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault, FaultContext, FaultEvent, FaultRequest, FaultStream } from '../conformance/fault.js'
import { isObject, type Message, parseJson } from '../wire/jsonrpc.js'
import { formatSse, sseParser } from '../wire/sse.js'

/** An event stream passing through the fault proxy: each event is parsed, shown to the fault, and written again. */
export class FaultyStream implements FaultStream {
  private queue: Promise<void> = Promise.resolve()

  constructor(
    readonly request: FaultRequest,
    private readonly outgoing: ServerResponse,
    private readonly fault: Fault | undefined,
    private readonly contextOf: (message: Message) => FaultContext,
  ) {}

  send(event: FaultEvent): void {
    if (!this.outgoing.destroyed) this.outgoing.write(formatSse(event))
  }

  /** Passes the server's events on until its stream ends, then lets the fault hold the end back. */
  async pump(answer: IncomingMessage): Promise<void> {
    const decoder = new TextDecoder()
    const started = performance.now()
    const feed = sseParser(
      {
        event: (event) => this.enqueue(() => this.pass(event)),
        retry: (ms) => this.enqueue(() => this.retry(ms)),
        comment: (text) => this.enqueue(async () => void this.outgoing.write(`: ${text}\n\n`)),
      },
      () => performance.now() - started,
    )
    try {
      for await (const chunk of answer) feed(decoder.decode(chunk as Buffer, { stream: true }))
    } catch {
      this.outgoing.destroy()
      return
    }
    await this.queue
    await this.fault?.end?.(this.contextOf({}))
    this.outgoing.end()
  }

  private enqueue(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch(() => this.outgoing.destroy() as unknown as undefined)
  }

  private async retry(ms: number): Promise<void> {
    const changed = this.fault?.retry ? this.fault.retry(ms) : ms
    if (changed !== null) this.outgoing.write(`retry: ${changed}\n`)
  }

  private async pass(event: FaultEvent): Promise<void> {
    for (const one of await this.messageStage(event)) {
      const changed = await this.fault?.event?.(one, this.contextOf(messageOf(one)))
      if (changed === null) continue
      for (const last of changed === undefined ? [one] : Array.isArray(changed) ? changed : [changed]) this.send(last)
    }
  }

  private async messageStage(event: FaultEvent): Promise<FaultEvent[]> {
    const message = parseJson(event.data)
    if (!this.fault?.message || !isObject(message)) return [event]
    const changed = await this.fault.message(message, this.contextOf(message))
    if (changed === undefined) return [event]
    if (changed === null) return []
    const { id: _, ...rest } = event
    const all = Array.isArray(changed) ? changed : [changed]
    return all.map((one, index) => ({ ...(index === all.length - 1 ? event : rest), data: JSON.stringify(one) }))
  }
}

function messageOf(event: FaultEvent): Message {
  const value = parseJson(event.data)
  return isObject(value) ? value : {}
}
