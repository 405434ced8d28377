import type { Account } from '../wire/exchange.js'
import { isObject, type Message } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'

/** A message that came in some exchange of the run, whatever check made it. */
export interface Heard {
  message: Message
  reply: Reply
  /** The version its request named in the header; none in older revisions. */
  version: string | undefined
  account: Account
}

/** The most distinct messages that are kept. */
const most = 500

/**
 * What was heard in all sessions of a run: errors, and messages that are not of the form of JSON-RPC, each kind once. Rules of form hold
 * for every message, also for refusals that only one check provokes.
 */
export class Hearing {
  private readonly kinds = new Map<string, Heard>()

  /** Takes note of a message; what is in order, or was heard before but for its id, is let go. */
  readonly hear = (message: unknown, reply: Reply, version: string | undefined, account: Account): void => {
    if (!isObject(message) || !isOdd(message) || this.kinds.size >= most) return
    const { id, ...rest } = message
    const kind = JSON.stringify([rest, typeof id, version], (_key, value) =>
      typeof value === 'string' ? value.slice(0, 40) : value,
    )
    if (!this.kinds.has(kind)) this.kinds.set(kind, { message, reply, version, account })
  }

  /** What was heard so far. */
  all(): Heard[] {
    return [...this.kinds.values()]
  }
}

function isOdd(message: Record<string, any>): boolean {
  const bare = !('method' in message) && !('result' in message)
  return 'error' in message || message.jsonrpc !== '2.0' || bare
}
