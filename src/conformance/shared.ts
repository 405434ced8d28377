import type { Revision } from '../protocol/revisions.js'
import type { Account } from '../wire/exchange.js'
import type { Session } from '../wire/session.js'
import type { StreamableSession } from '../wire/streamable.js'
import { Hearing } from './hearing.js'

/** A session that a check has left as it was new, and for how many ms nobody has used it. */
export interface Idle {
  session: StreamableSession
  ms: number
}

/** What the checks of one run share: things done once, and sessions that outlive the check that opened them. */
export class Shared {
  /** What was heard in all sessions of the run. */
  readonly hearing = new Hearing()
  private readonly memo = new Map<string, unknown>()
  private readonly idle = new Map<Revision, { session: StreamableSession; since: number }[]>()
  private readonly kept = new Set<Session>()
  private readonly closings = new Set<Promise<unknown>>()
  private life: number

  /** `firstLife`: how many lives of the server were over when the checks began. */
  constructor(readonly firstLife = 0) {
    this.life = firstLife
  }

  /** Makes something once; every later caller gets the same. */
  once<T extends object>(key: string, make: () => T): T {
    const found = this.memo.get(key) ?? make()
    this.memo.set(key, found)
    return found as T
  }

  /** Takes over what was found out before the first check, as the outcome of a work of that name and the exchanges behind it. */
  seed(name: string, outcome: unknown, accounts: Account[]): void {
    this.memo.set(`run ${name}`, { outcome: Promise.resolve(outcome), accounts })
  }

  /** Forgets what was done under a key. */
  forget(key: string): void {
    this.memo.delete(key)
  }

  /** Lets go of all sessions once the server has begun another life: they ended with the one before. */
  liveOn(life: number): void {
    if (life === this.life) return
    this.life = life
    this.idle.clear()
    for (const key of this.memo.keys()) if (key.endsWith(' session')) this.memo.delete(key)
  }

  /** Takes over a session: it is ended with the run. */
  keep<T extends Session>(session: T): T {
    this.kept.add(session)
    return session
  }

  /** A session that another check has left as it was new, if there is one. */
  take(revision: Revision): Idle | undefined {
    const left = this.idle.get(revision)?.pop()
    return left && { session: left.session, ms: performance.now() - left.since }
  }

  /** Leaves a session to the next check that needs one. */
  leave(session: StreamableSession): void {
    const left = { session, since: performance.now() }
    this.idle.set(session.revision, [...(this.idle.get(session.revision) ?? []), left])
  }

  /** Takes note of a session that is being ended: nobody waits for that but `closed`. */
  closing(done: Promise<unknown>): void {
    const settled: Promise<unknown> = done.catch(() => undefined).then(() => this.closings.delete(settled))
    this.closings.add(settled)
  }

  /** Resolves when every session that was being ended has ended. */
  async closed(): Promise<void> {
    await Promise.all(this.closings)
  }

  /** Ends every session that is left. */
  async close(): Promise<void> {
    const left = [...this.kept, ...[...this.idle.values()].flat().map(({ session }) => session)]
    await Promise.all([this.closed(), ...left.map((session) => session.close().catch(() => undefined))])
  }
}
