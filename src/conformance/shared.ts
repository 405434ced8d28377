import type { Revision } from '../protocol/revisions.js'
import type { Session } from '../wire/session.js'

/** What the checks of one run share: things done once, and sessions that outlive the check that opened them. */
export class Shared {
  private readonly memo = new Map<string, Promise<unknown>>()
  private readonly idle = new Map<Revision, Session[]>()
  private readonly kept = new Set<Session>()

  /** Does something once; every later caller gets the same outcome. */
  once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const found = this.memo.get(key) ?? work()
    this.memo.set(key, found)
    return found as Promise<T>
  }

  /** Forgets what was done under a key. */
  forget(key: string): void {
    this.memo.delete(key)
  }

  /** Takes over a session: it is ended with the run. */
  keep<T extends Session>(session: T): T {
    this.kept.add(session)
    return session
  }

  /** A session that another check has left as it was new, if there is one. */
  take(revision: Revision): Session | undefined {
    return this.idle.get(revision)?.pop()
  }

  /** Leaves a session to the next check that needs one. */
  leave(session: Session): void {
    this.idle.set(session.revision, [...(this.idle.get(session.revision) ?? []), session])
  }

  /** Ends every session that is left. */
  async close(): Promise<void> {
    const left = [...this.kept, ...[...this.idle.values()].flat()]
    await Promise.all(left.map((session) => session.close().catch(() => undefined)))
  }
}
