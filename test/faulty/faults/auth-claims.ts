import type { Exchange, JudgeOptions, Policy, Verdict } from '../core/types.js'
import { type Fault, must, should } from './fault.js'

type Test = (ex: Exchange) => boolean | undefined
const ada: Verdict = { ok: true, subject: 'ada' }

/** Lets requests through that match. */
const pass =
  (test: Test) =>
  (base: Policy): Partial<Policy> => ({
    authorize: async (ex) => {
      const verdict = await base.authorize(ex)
      return verdict.ok || !test(ex) ? verdict : ada
    },
  })

/** Leaves one of the token checks out. */
const skip =
  (options: JudgeOptions, when: Test = () => true) =>
  (base: Policy): Partial<Policy> => ({
    authorize: async (ex) => {
      const verdict = await base.authorize(ex)
      return verdict.ok || !when(ex) ? verdict : ex.world.desk.judge(ex.req.headers.authorization, options)
    },
  })

const valid = (ex: Exchange): string => ex.world.desk.tokens?.valid ?? '-'
const inSession: Test = (ex) => ex.world.sessions.has(String(ex.req.headers['mcp-session-id']))

function statusOf(wanted: number, given: 400 | 401 | 403, when: (ex: Exchange) => boolean = () => true) {
  return (base: Policy): Partial<Policy> => ({
    authorize: async (ex) => {
      const verdict = await base.authorize(ex)
      return !verdict.ok && verdict.status === wanted && when(ex) ? { ...verdict, status: given } : verdict
    },
  })
}

const missing = 'auth-401-when-required'
const every = 'auth-every-request-verified'

/** Faults of the checking of claims and of sessions. */
export const claimFaults: Fault[] = [
  must('auth/expired', 'auth-expired-token-401', 'FSO LSO', 'expired tokens are accepted', skip({ skipExpiry: true })),
  must(
    'auth/expired-in-session',
    'auth-expired-token-401',
    'FJO',
    'in a session expired tokens are accepted',
    skip({ skipExpiry: true }, inSession),
  ),
  must(
    'auth/audience',
    'auth-audience-validated',
    'LSO FJO',
    'tokens for other resources are accepted',
    skip({ skipAudience: true }),
  ),
  must(
    'auth/audience-on-get',
    'auth-audience-validated',
    'CHO',
    'channels open with tokens for other resources',
    skip({ skipAudience: true }, (ex) => ex.req.method === 'GET'),
  ),
  must('auth/scope', 'auth-403-insufficient', 'FSO LSO', 'the scope is not checked', skip({ skipScope: true })),
  must('auth/scope-401', 'auth-403-insufficient', 'FJO', 'insufficient scope gets 401', statusOf(403, 401)),
  must('auth/scope-400', 'auth-403-insufficient', 'LSO', 'insufficient scope gets 400', statusOf(403, 400)),
  must(
    'auth/query-token',
    missing,
    'FJK',
    'the key is taken from the query',
    pass((ex) => ex.query.get('access_token') === valid(ex) || ex.query.get('token') === valid(ex)),
  ),
  must(
    'auth/session-as-token',
    'session-not-authentication',
    'FSO',
    'a live session id stands for missing credentials',
    pass((ex) => inSession(ex) && !ex.req.headers.authorization),
  ),
  must(
    'auth/bad-token-in-session',
    every,
    'FJK',
    'in a session bad tokens are served',
    pass((ex) => inSession(ex) && ex.req.headers.authorization !== undefined),
  ),
  should('auth/session-of-other', 'session-bound-to-user', 'FJK FSO', 'sessions are open to every user', () => ({
    mayUseSession: () => true,
  })),
  should(
    'auth/session-get-of-other',
    'session-bound-to-user',
    'FSO',
    'GET attaches to sessions of other users',
    (base) => ({
      mayUseSession: (session, ex) => ex.req.method === 'GET' || base.mayUseSession(session, ex),
    }),
  ),
  should(
    'auth/session-delete-of-other',
    'session-bound-to-user',
    'FJK',
    'DELETE ends sessions of other users',
    (base) => ({
      mayUseSession: (session, ex) => ex.req.method === 'DELETE' || base.mayUseSession(session, ex),
    }),
  ),
  should(
    'auth/channel-of-other',
    'session-bound-to-user',
    'CHK',
    'messages are taken for channels of other users',
    () => ({ mayUseSession: () => true }),
  ),
  must(
    'auth/body-leaks',
    'auth-token-validated-first',
    'FJO',
    'a refused request shows the data of the account',
    (base) => ({
      intercept(ex) {
        const open =
          ex.req.method === 'POST' && ex.path === ex.world.endpoint && ex.req.headers.authorization === undefined
        const body = '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"parrot","inputSchema":{"type":"object"}}]}}'
        const challenge = base.challenge({ ok: false, status: 401 }, ex) ?? ''
        const headers = { 'www-authenticate': challenge }
        return open ? { status: 401, type: 'application/json', body, headers } : undefined
      },
    }),
  ),
]
