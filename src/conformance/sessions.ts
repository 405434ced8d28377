import type { Revision } from '../protocol/revisions.js'
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
  ) {}

  /** A session of the check's own; without options it may be one that another check has left as it was new, unless it must be `fresh`. */
  async open(revision: Revision, options: OpenOptions, fresh: boolean): Promise<Session> {
    const handedOn = fresh || Object.keys(options).length > 0 ? undefined : await this.handedOn(revision)
    return handedOn ?? this.add(await openSession(this.peer, this.context.facts.transport, revision, options))
  }

  /** A view of a session that somebody else has opened, and ends. */
  viewOf(other: Session): Session {
    return this.add(
      other instanceof ModernSession
        ? ModernSession.adopt(this.peer, other)
        : StreamableSession.adopt(this.peer, other),
    )
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

  /** Takes over a session: it ends with the check. */
  add<T extends Session>(session: T): T {
    this.all.push(session)
    return session
  }
}
