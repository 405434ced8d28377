import { tell } from '../content/tools.js'
import { severity } from '../core/session.js'
import type { Turn } from '../core/types.js'
import { declare, type Fault, instead, must, nameOf, recode, should } from './fault.js'

const isLong = (turn: Turn): boolean => turn.method === 'tools/call' && nameOf(turn) === 'long_haul'

/** Faults of logging. */
export const loggingFaults: Fault[] = [
  must(
    'logging/undeclared',
    'logging-capability-declared',
    'FS CH',
    'logs are sent but logging is not declared',
    (base) => declare(base, ({ logging: _gone, ...rest }) => rest),
  ),
  must(
    'logging/set-level-missing',
    'logging-set-level-works',
    'FJ',
    'logging/setLevel is unknown although declared',
    (base) =>
      instead(base, ({ method }) =>
        method === 'logging/setLevel' ? { error: { code: -32601, message: 'not here' } } : undefined,
      ),
  ),
  must('logging/half-the-levels', 'logging-set-level-works', 'FS', 'notice, alert and emergency are refused', (base) =>
    instead(base, (turn) => {
      const refused =
        turn.method === 'logging/setLevel' && ['notice', 'alert', 'emergency'].includes(String(turn.params.level))
      return refused ? { error: { code: -32602, message: 'level not supported' } } : undefined
    }),
  ),
  must('logging/level-ignored', 'logging-level-respected', 'FS CH', 'the level is stored but not used', (base) => ({
    async dispatch(turn) {
      const reply = await base.dispatch(turn)
      if (turn.ex.session) turn.ex.session.level = 'debug'
      return reply
    },
  })),
  must(
    'logging/level-reversed',
    'logging-level-respected',
    'FS',
    'messages below the level are sent as well after error',
    (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        if (turn.ex.session && severity(turn.ex.session.level) >= severity('error')) turn.ex.session.level = 'info'
        return reply
      },
    }),
  ),
  must('logging/level-shared', 'logging-level-respected', 'FS', 'the level of one session is set for all', (base) => ({
    async dispatch(turn) {
      const reply = await base.dispatch(turn)
      if (turn.method === 'logging/setLevel' && turn.ex.session) {
        for (const session of turn.ex.world.sessions.values()) session.level = turn.ex.session.level
      }
      return reply
    },
  })),
  must(
    'logging/level-ignored-by-greeting',
    'logging-level-respected',
    'FS FJ',
    'a GET stream begins with a log message whatever the level',
    (base) => ({
      opened(stream, session, ex) {
        if (stream.kind === 'get') {
          const params = { level: 'info', logger: 'streams', data: `stream ${stream.key} is open` }
          stream.message({ jsonrpc: '2.0', method: 'notifications/message', params })
        }
        base.opened(stream, session, ex)
      },
    }),
  ),
  should('logging/bad-level-32603', 'logging-invalid-level-32602', 'FJ', 'an invalid level gets -32603', (base) =>
    recode(base, -32602, -32603, ({ method }) => method === 'logging/setLevel'),
  ),
  should('logging/bad-level-passes', 'logging-invalid-level-32602', 'CH', 'an invalid level is accepted', (base) =>
    instead(base, (turn) =>
      turn.method === 'logging/setLevel' && severity(turn.params.level) < 0 ? { result: {} } : undefined,
    ),
  ),
  must(
    'logging/token-logged',
    'logging-no-secrets',
    'FSK FSO',
    'the bearer token is logged at the start of a call',
    (base) =>
      instead(base, (turn) => {
        const { authorization } = turn.ex.req.headers
        if (isLong(turn)) tell(turn, 'error', { request: { headers: { authorization } } })
        return undefined
      }),
  ),
  must('logging/secrets-logged', 'logging-no-secrets', 'FS', 'a password and a stack trace are logged', (base) =>
    instead(base, (turn) => {
      const data = 'db://ledger:password=hunter2@10.0.0.7 failed\n    at connect (/srv/ledger/db.js:12:5)'
      if (isLong(turn)) tell(turn, 'error', data)
      return undefined
    }),
  ),
  should('logging/flood', 'logging-rate-limited', 'FS', 'a call logs hundreds of warnings at once', (base) =>
    instead(base, (turn) => {
      for (let line = 0; isLong(turn) && line < 800; line += 1) {
        tell(turn, 'warning', `retry ${line}`)
      }
      return undefined
    }),
  ),
]
