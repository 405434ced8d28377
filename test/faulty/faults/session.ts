import { createHash } from 'node:crypto'
import { Session } from '../core/session.js'
import type { Exchange, Policy } from '../core/types.js'
import { type Fault, must, should } from './fault.js'

/** Keeps ended sessions usable where `when` says so. */
function undead(when: (ex: Exchange) => boolean) {
  return (base: Policy): Partial<Policy> => {
    const graves = new Map<string, Session>()
    return {
      endSession(session, ex) {
        const ghost = new Session(session.id, session.owner, session.revision, session.world)
        ghost.ready = true
        graves.set(session.id, ghost)
        base.endSession(session, ex)
      },
      findSession: (id, ex) => base.findSession(id, ex) ?? (when(ex) ? graves.get(id) : undefined),
    }
  }
}

const status =
  (wanted: string, code: number) =>
  (base: Policy): Partial<Policy> => ({
    status: (kind, ex) => (kind === wanted ? code : base.status(kind, ex)),
  })

const gone = 'session-terminated-404'

/** Faults of session ids and of ended sessions. */
export const sessionFaults: Fault[] = [
  must('session/id-with-space', 'session-id-visible-ascii', 'FJ FS', 'session ids contain a space', (base) => ({
    sessionId: () => base.sessionId().replace('-', ' '),
  })),
  must('session/id-umlaut', 'session-id-visible-ascii', 'FS', 'session ids contain a letter outside ASCII', (base) => ({
    sessionId: () => `s\u00fc-${base.sessionId()}`,
  })),
  must('session/id-counted', 'session-id-nondeterministic', 'FJ', 'session ids count up', () => {
    let next = 1000
    return { sessionId: () => `session-${next++}` }
  }),
  must(
    'session/id-hashed-counter',
    'session-id-nondeterministic',
    'FS',
    'session ids count up behind a long constant',
    () => {
      let next = 0
      const prefix = createHash('sha256').update('ledger').digest('hex').slice(0, 40)
      return { sessionId: () => `${prefix}${String(next++).padStart(8, '0')}` }
    },
  ),
  should('session/id-short', 'session-id-secure', 'FJ', 'session ids have 16 bits', (base) => ({
    sessionId: () => base.sessionId().slice(0, 4),
  })),
  should(
    'session/missing-404',
    'session-missing-id-400',
    'FJ',
    'a missing session id gets 404',
    status('noSession', 404),
  ),
  should(
    'session/missing-500',
    'session-missing-id-400',
    'FS',
    'a missing session id gets 500',
    status('noSession', 500),
  ),
  should(
    'session/missing-200',
    'session-missing-id-400',
    'FJ',
    'a missing session id gets 200 and an error',
    status('noSession', 200),
  ),
  must('session/gone-400', gone, 'FJ', 'an ended session gets 400', status('goneSession', 400)),
  must('session/gone-200', gone, 'FS', 'an ended session gets 200 and an error', status('goneSession', 200)),
  must('session/gone-410', gone, 'FJ', 'an ended session gets 410', status('goneSession', 410)),
  must('session/gone-401', gone, 'FSK', 'an ended session gets 401', status('goneSession', 401)),
  must(
    'session/delete-noop',
    gone,
    'FJ',
    'DELETE succeeds but the session lives on',
    undead(() => true),
  ),
  must(
    'session/get-after-delete',
    gone,
    'FS',
    'GET works on an ended session',
    undead((ex) => ex.req.method === 'GET'),
  ),
  must(
    'session/ping-after-delete',
    gone,
    'FJ',
    'ping works on an ended session',
    undead((ex) => ex.methods[0] === 'ping'),
  ),
  must('session/notes-after-delete', gone, 'FS', 'notifications are accepted on an ended session', (base) =>
    undead((ex) => ex.req.method === 'POST' && ex.methods.length === 0)(base),
  ),
  must(
    'session/delete-again',
    gone,
    'FJ',
    'DELETE of an ended session succeeds again',
    undead((ex) => ex.req.method === 'DELETE'),
  ),
]
