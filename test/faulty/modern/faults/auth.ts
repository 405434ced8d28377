import type { Verdict } from '../../core/types.js'
import type { Visit } from '../types.js'
import { type ModernFault, must, should } from './fault.js'

const ada: Verdict = { ok: true, subject: 'ada' }
const methodOf = ({ req }: Visit): string => String(req.headers['mcp-method'])

/** Faults of authorization. */
export const authFaults: ModernFault[] = [
  must('auth/open-discover', 'auth-invalid-token-401', 'JK', 'any token lists tools', (base) => ({
    authorize: async (visit) =>
      methodOf(visit) === 'tools/list' && visit.req.headers.authorization?.startsWith('Bearer ')
        ? ada
        : base.authorize(visit),
  })),
  must('auth/open-listen', 'auth-every-request-verified', 'MK', 'subscriptions need no token', (base) => ({
    authorize: async (visit) => (methodOf(visit) === 'subscriptions/listen' ? ada : base.authorize(visit)),
  })),
  must('auth/first-request-only', 'auth-every-request-verified', 'JK', 'a connection is verified once', (base) => {
    const known = new WeakSet<object>()
    return {
      async authorize(visit) {
        if (known.has(visit.req.socket)) return ada
        const verdict = await base.authorize(visit)
        if (verdict.ok) known.add(visit.req.socket)
        return verdict
      },
    }
  }),
  must('auth/no-token-403', 'auth-401-when-required', 'JK', 'no token gets 403', (base) => ({
    async authorize(visit) {
      const verdict = await base.authorize(visit)
      return verdict.ok || visit.req.headers.authorization !== undefined ? verdict : { ok: false, status: 403 }
    },
  })),
  must('auth/no-challenge', 'auth-401-challenge', 'JK', 'a 401 has no challenge', () => ({
    challenge: () => undefined,
  })),
  must('auth/any-audience', 'auth-audience-validated', 'SO', 'tokens of other servers are taken', () => ({
    authorize: ({ world, req }) => world.desk.judge(req.headers.authorization, { skipAudience: true }),
  })),
  must('auth/never-expires', 'auth-expired-token-401', 'SO', 'tokens are good for ever', () => ({
    authorize: ({ world, req }) => world.desk.judge(req.headers.authorization, { skipExpiry: true }),
  })),
  must('auth/scope-401', 'auth-403-insufficient', 'SO', 'a token without the scope gets 401', (base) => ({
    async authorize(visit) {
      const verdict = await base.authorize(visit)
      return !verdict.ok && verdict.status === 403 ? { ok: false, status: 401, error: 'invalid_token' } : verdict
    },
  })),
  must('auth/other-resource', 'auth-prm-resource-matches', 'SO', 'the metadata is of another resource', (base) => ({
    metadata(visit) {
      const page = base.metadata(visit)
      return (
        page && { ...page, body: page.body.replace(/"resource":"[^"]*"/, `"resource":"${visit.world.origin}/other"`) }
      )
    },
  })),
  should('auth/no-scope', 'auth-challenge-scope', 'SO', 'the challenge names no scope', (base) => ({
    challenge: (verdict, visit) => base.challenge(verdict, visit)?.replace(/, scope="[^"]*"/, ''),
  })),
]
