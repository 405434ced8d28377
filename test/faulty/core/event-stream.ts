import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Session } from './session.js'
import type { EventFields, Policy } from './types.js'

/** One SSE stream: what was sent on it, and the connection it is attached to, if any. */
export class EventStream {
  readonly key = randomBytes(6).toString('hex')
  readonly log: EventFields[] = []
  res: ServerResponse | undefined
  ended = false

  constructor(
    readonly kind: 'post' | 'get' | 'channel',
    readonly revision: string,
    readonly policy: Policy,
    readonly session: Session | undefined,
  ) {
    if (session === undefined) return
    session.streams.push(this)
    if (session.streams.length > 400) session.streams.splice(0, session.streams.length - 400)
  }

  /** Connects the stream to a response whose head has been written. */
  attach(res: ServerResponse): void {
    if (this.res !== undefined && this.res !== res) this.res.end()
    this.res = res
    res.on('close', () => {
      if (this.res === res) this.res = undefined
    })
  }

  /** Opens with an event that carries an id and nothing else. */
  prime(): void {
    if (this.policy.primes(this)) this.append({ data: '' })
  }

  /** Adds an event and writes it when somebody listens. */
  append(fields: EventFields): void {
    if (this.ended) return
    const id = this.kind === 'channel' ? undefined : this.policy.eventId(this, this.log.length)
    const full = id === undefined ? fields : { id, ...fields }
    this.log.push(full)
    this.res?.write(this.policy.frame(full, this))
  }

  /** Sends one JSON-RPC message. */
  message(payload: unknown): void {
    this.append({ event: 'message', data: JSON.stringify(payload) })
  }

  /** Writes events again, after a reconnect. */
  again(events: EventFields[]): void {
    for (const event of events) this.res?.write(this.policy.frame(event, this))
  }

  /** Drops the connection but keeps the stream resumable. */
  detach(): void {
    const { res } = this
    this.res = undefined
    res?.end()
  }

  /** Ends the stream for good. */
  end(): void {
    this.ended = true
    this.detach()
  }
}
