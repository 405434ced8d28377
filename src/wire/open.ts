import { isModern, type Revision } from '../protocol/revisions.js'
import { LegacySession } from './legacy-sse.js'
import { ModernSession } from './modern.js'
import type { Peer } from './peer.js'
import type { OpenOptions, Session } from './session.js'
import { StreamableSession } from './streamable.js'

/** Opens a session over the given transport as the revision does it. Never throws for what the server does; `opening` tells how it went. */
export function openSession(
  peer: Peer,
  transport: Session['transport'],
  revision: Revision,
  options: OpenOptions = {},
): Promise<Session> {
  if (transport === 'http+sse') return LegacySession.open(peer, revision, options)
  return isModern(revision)
    ? ModernSession.open(peer, revision, options)
    : StreamableSession.open(peer, revision, options)
}
