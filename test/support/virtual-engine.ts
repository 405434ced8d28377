import type { Connection, Engine, EngineHandlers, EngineOptions } from '../../src/load/engine.js'
import type { VirtualClock } from './virtual-clock.js'

/** A request as a virtual server sees it. Header names in lower case. */
export interface VirtualRequest {
  method: string
  headers: Record<string, string>
  message: any
  /** Number of the connection. */
  connection: number
  at: number
}

/** How a virtual server answers: after so many ms, with an HTTP answer, a broken connection, or never. */
export type VirtualAnswer =
  | { ms: number; status: number; headers?: Record<string, string>; body?: string; close?: boolean }
  | { ms: number; broken: string }
  | 'never'

/** A server without a network. */
export interface VirtualServer {
  answer(request: VirtualRequest): VirtualAnswer
  /** Why a connection cannot be made now; by default it can, within a millisecond. */
  refuses?(now: number): string | undefined
}

type State = 'connecting' | 'idle' | 'busy' | 'down' | 'gone'

/** An engine over a virtual server and a virtual clock, with the same promises as the real one. */
export class VirtualEngine<Slot> implements Engine<Slot> {
  private links: Link<Slot>[] = []
  private made = 0
  stopped = false

  constructor(
    readonly options: EngineOptions,
    readonly handlers: EngineHandlers<Slot>,
    readonly clock: VirtualClock,
    readonly server: VirtualServer,
  ) {}

  get connected(): number {
    return this.links.filter(({ state }) => state === 'idle' || state === 'busy').length
  }

  resize(count: number): void {
    const surplus = this.links.length - count
    const byUse = (link: Link<Slot>) => ['gone', 'down', 'connecting', 'idle', 'busy'].indexOf(link.state)
    const leaving = [...this.links]
      .sort((a, b) => byUse(a) - byUse(b) || b.index - a.index)
      .slice(0, Math.max(0, surplus))
    for (const link of leaving) link.leave()
    for (let missing = -surplus; missing > 0; missing--) {
      const link = new Link(this.made++, this)
      this.links.push(link)
      link.connect()
    }
  }

  send(connection: Connection<Slot>, request: Buffer): void {
    ;(connection as Link<Slot>).send(request)
  }

  async stop(): Promise<number> {
    this.stopped = true
    const unanswered = this.links.filter(({ state }) => state === 'busy').length
    this.links = []
    return unanswered
  }

  forget(link: Link<Slot>): void {
    this.links = this.links.filter((one) => one !== link)
    if (!this.stopped) this.handlers.onGone?.(link)
  }
}

class Link<Slot> implements Connection<Slot> {
  slot = undefined as Slot
  state: State = 'down'
  private leaving = false
  private pauseMs = 50
  /** Grows with each request, so that an answer to an earlier one is known. */
  private turn = 0

  constructor(
    readonly index: number,
    private readonly engine: VirtualEngine<Slot>,
  ) {}

  connect(): void {
    this.state = 'connecting'
    this.after(1, () => {
      const refusal = this.engine.server.refuses?.(this.engine.clock.now())
      if (refusal === undefined) return this.idle()
      this.state = 'down'
      this.engine.handlers.onConnectError?.(this, refusal)
      this.pauseMs = Math.min(1000, this.pauseMs * 2)
      this.after(this.pauseMs, () => this.connect())
    })
  }

  leave(): void {
    this.leaving = true
    if (this.state === 'busy') return
    this.state = 'gone'
    this.engine.forget(this)
  }

  send(bytes: Buffer): void {
    if (this.state !== 'idle') throw new Error(`connection ${this.index} is ${this.state}`)
    this.state = 'busy'
    const turn = ++this.turn
    const sentAt = this.engine.clock.now()
    const answer = this.engine.server.answer({ ...parsed(bytes), connection: this.index, at: sentAt })
    const { timeoutMs } = this.engine.options
    const lose = (kind: 'transport' | 'timeout', message: string) => {
      if (this.turn !== turn || this.state !== 'busy') return
      this.state = 'down'
      this.engine.handlers.onTrouble(this, { kind, message })
      this.again()
    }
    this.after(timeoutMs, () => lose('timeout', `no whole answer within ${timeoutMs} ms`))
    if (answer === 'never') return
    if ('broken' in answer) return this.after(answer.ms, () => lose('transport', answer.broken))
    this.after(answer.ms, () => {
      if (this.turn !== turn || this.state !== 'busy') return
      const now = this.engine.clock.now()
      const body = Buffer.from(answer.body ?? '')
      const headers = Object.entries({ 'content-type': 'application/json', ...answer.headers }).flat()
      const times = { sentAt, firstByteAt: now, firstEventAt: 0, endedAt: now }
      this.engine.handlers.onReply(this, { status: answer.status, headers, body, bytes: body.length, ...times })
      if (!answer.close && !this.leaving) return this.idle()
      this.state = 'down'
      if (!this.leaving) this.engine.handlers.onClosed?.(this)
      this.again()
    })
  }

  private again(): void {
    if (this.leaving) this.leave()
    else this.connect()
  }

  private idle(): void {
    this.state = 'idle'
    this.pauseMs = 50
    this.engine.handlers.onIdle(this)
  }

  private after(ms: number, act: () => void): void {
    const { clock } = this.engine
    clock.at(clock.now() + ms, () => !this.engine.stopped && this.state !== 'gone' && act(), undefined)
  }
}

function parsed(bytes: Buffer): Pick<VirtualRequest, 'method' | 'headers' | 'message'> {
  const [head = '', body = ''] = bytes.toString().split('\r\n\r\n')
  const [start = '', ...fields] = head.split('\r\n')
  const pairs = fields.map((field) => [
    field.slice(0, field.indexOf(':')).toLowerCase(),
    field.replace(/^[^:]*:\s*/, ''),
  ])
  return {
    method: start.split(' ')[0]!,
    headers: Object.fromEntries(pairs),
    message: body ? JSON.parse(body) : undefined,
  }
}
