import type { EventStream } from './event-stream.js'
import type { Json, World } from './types.js'

/** URI of the resource that changes by itself. */
export const TICKER = 'ledger:///ticker'

const THRESHOLDS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency']

/** Position of a log level, or -1 when there is no such level. */
export function severity(level: unknown): number {
  return THRESHOLDS.indexOf(String(level))
}

/** What the server remembers about one client between requests. */
export class Session {
  readonly streams: EventStream[] = []
  readonly running = new Map<string, AbortController>()
  readonly subscriptions = new Set<string>()
  readonly memos: string[] = []
  readonly awaited = new Map<unknown, NodeJS.Timeout>()
  level = 'info'
  ready = false
  attended = false
  closed = false
  initialized = false
  pings = 0
  timers: NodeJS.Timeout[] = []

  constructor(
    readonly id: string,
    readonly owner: string,
    public revision: string,
    readonly world: World,
  ) {}

  /** Sends a message that belongs to no request. */
  announce(message: Json): void {
    for (const stream of this.world.policy.audience(this)) {
      for (const out of this.world.policy.outgoing(message, { session: this, stream })) stream.message(out)
    }
  }

  /** Repeats an action while the session lives. */
  every(milliseconds: number, action: () => void): NodeJS.Timeout {
    const timer = setInterval(action, milliseconds)
    timer.unref()
    this.timers.push(timer)
    return timer
  }

  /** Runs an action once, unless the session ends before. */
  later(milliseconds: number, action: () => void): void {
    const timer = setTimeout(action, milliseconds)
    timer.unref()
    this.timers.push(timer)
  }

  /** Ends everything the session holds. */
  close(): void {
    this.closed = true
    for (const timer of this.timers) clearInterval(timer)
    for (const timer of this.awaited.values()) clearTimeout(timer)
    for (const controller of this.running.values()) controller.abort('closed')
    for (const stream of this.streams) stream.end()
  }
}
