import { CODE } from '../protocol/error.js'
import { Refusal } from './refusal.js'
import { Session, type SessionConditions } from './session.js'

const MOST_SESSIONS = 5000

/** The live sessions, the least recently used first. */
export class SessionTable {
  readonly #sessions = new Map<string, Session>()
  readonly #conditions: SessionConditions

  constructor(conditions: SessionConditions) {
    this.#conditions = conditions
  }

  /** Opens a session; when there are too many, at the cost of the one unused for longest, or 503 if all are in use. */
  async open(principal: string): Promise<Session> {
    if (this.#sessions.size >= MOST_SESSIONS) {
      const unused = this.#longestUnused()
      if (!unused) throw new Refusal(503, CODE.refused, 'Too many sessions', { headers: { 'Retry-After': '1' } })
      void unused.end()
    }
    const session = new Session(principal, this.#conditions)
    this.#sessions.set(session.id, session)
    session.onend = () => this.#sessions.delete(session.id)
    await session.channel.open()
    return session
  }

  /**
   * The session of this id if it is this user's. 400 without an id (session-missing-id-400); 404 for one that never
   * was, has ended or is another user's, all alike (session-terminated-404, session-bound-to-user).
   */
  find(id: string | undefined, principal: string, requestId?: string | number): Session {
    if (id === undefined) throw new Refusal(400, CODE.refused, 'Mcp-Session-Id header is required', { id: requestId })
    const session = this.#sessions.get(id)
    if (session?.principal !== principal) throw new Refusal(404, CODE.refused, 'Session not found', { id: requestId })
    this.#sessions.delete(id)
    this.#sessions.set(id, session)
    return session
  }

  /** Ends all sessions. */
  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.end()))
  }

  #longestUnused(): Session | undefined {
    for (const session of this.#sessions.values()) if (!session.inUse) return session
    return undefined
  }
}
