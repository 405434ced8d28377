import { isModern, type Revision } from '../protocol/revisions.js'
import { ModernSession } from '../wire/modern.js'
import { openSession } from '../wire/open.js'
import type { Peer } from '../wire/peer.js'
import type { OpenOptions, Session } from '../wire/session.js'
import { StreamableSession } from '../wire/streamable.js'
import type { RunContext } from './client.js'

/** A session that nobody has used for longer than this, in ms, may have ended meanwhile: it is asked before it is handed on. */
const freshMs = 1000

/** The sessions of one check: opened anew, taken over from a check that left them as new, or seen through a view. */
export class Sessions {
  private all: Session[] = []

  constructor(
    private readonly context: RunContext,
    private readonly peer: Peer,
    /** The session that all checks share, opened when it is first asked for. */
    private readonly common: () => Promise<Session>,
  ) {}

  /** A session of the check's own; without options it may be one that another check has left as it was new, unless it must be `fresh`. */
  async open(revision: Revision, options: OpenOptions, fresh: boolean): Promise<Session> {
    const handedOn = fresh || Object.keys(options).length > 0 ? undefined : await this.handedOn(revision)
    if (handedOn) return handedOn
    if (isModern(revision))
      return this.add(await ModernSession.open(this.peer, revision, options, await this.modernView()))
    return this.add(await openSession(this.peer, this.context.facts.transport, revision, options))
  }

  /** A client of 2026-07-28 that says something else of itself on every request; nothing is sent for it. */
  async as(options: Pick<OpenOptions, 'capabilities' | 'identity' | 'offer'>): Promise<ModernSession> {
    return this.add(ModernSession.adopt(this.peer, await this.modernView(), options))
  }

  /** A view of a session that somebody else has opened, and ends. */
  viewOf(other: Session): Session {
    const modern = other instanceof ModernSession
    return this.add(modern ? ModernSession.adopt(this.peer, other) : StreamableSession.adopt(this.peer, other))
  }

  /** Leaves those that are as they were new to the next check. */
  leave(): void {
    this.all = this.all.filter((session) => {
      const left = session instanceof StreamableSession && session.id !== undefined && session.asNew
      if (left) this.context.shared.leave(session)
      return !left
    })
  }

  /** Has the others closed; nobody waits for that. */
  close(): void {
    for (const session of this.all) this.context.shared.closing(session.close())
  }

  private async handedOn(revision: Revision): Promise<Session | undefined> {
    const { shared } = this.context
    for (let idle = shared.take(revision); idle; idle = shared.take(revision)) {
      const session = this.add(StreamableSession.adopt(this.peer, idle.session, true))
      if (idle.ms < freshMs && !idle.session.doubtful) return session
      // Asked through a view of its own: the answer is no message of the session that is handed out.
      const alive = await StreamableSession.adopt(this.peer, idle.session).request('ping')
      if (alive.response?.result) return session
    }
    return undefined
  }

  private async modernView(): Promise<ModernSession> {
    const common = await this.common()
    if (!(common instanceof ModernSession)) throw new Error('a revision with a handshake: use open() instead')
    return common
  }

  private add<T extends Session>(session: T): T {
    this.all.push(session)
    return session
  }
}
