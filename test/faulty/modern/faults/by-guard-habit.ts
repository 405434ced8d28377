import { type ModernFault, must, should } from './fault.js'
import { ada, bearer, challenged, claims, document, refusing } from './habits.js'

/** Faults of guards and metadata that grow from shortcuts. */
export const guardHabitFaults: ModernFault[] = [
  must('habit/no-metadata', 'auth-prm-implemented', 'SO', 'there is no metadata', (base) => ({
    metadata: () => undefined,
    challenge: (verdict, visit) => base.challenge(verdict, visit)?.replace(/resource_metadata="[^"]*",? ?/, ''),
  })),
  must(
    'habit/metadata-dead-link',
    'auth-prm-discoverable',
    'SO',
    'the metadata is announced at a dead place and is nowhere else',
    (base) => ({
      metadata: (visit) => (visit.path.endsWith('/.well-known/hidden') ? base.metadata(visit) : undefined),
    }),
  ),
  must(
    'habit/resource-fragment',
    'auth-prm-resource-https',
    'SO',
    'the resource has a fragment',
    document((one) => ({ ...one, resource: `${String(one.resource)}#tools` })),
  ),
  should(
    'habit/resource-slash',
    'auth-resource-no-trailing-slash',
    'SO',
    'the resource ends in a slash',
    document((one) => ({ ...one, resource: `${String(one.resource)}/` })),
  ),
  should(
    'habit/offline',
    'auth-no-offline-access',
    'SO',
    'offline_access is offered',
    document((one) => ({ ...one, scopes_supported: [...(one.scopes_supported as string[]), 'offline_access'] })),
  ),
  should(
    'habit/offline-in-challenge',
    'auth-no-offline-access',
    'SO',
    'the challenge asks for offline_access',
    challenged((words) => words.replace(/scope="([^"]*)"/, 'scope="$1 offline_access"')),
  ),
  should('habit/scopes-vary', 'auth-scope-consistent', 'SO', 'every second challenge names another scope', (base) => {
    let count = 0
    return challenged((words) => (++count % 2 === 0 ? words.replace('ledger:use', 'ledger:all') : words))(base)
  }),
  should(
    'habit/scope-error-absent',
    'auth-insufficient-scope-challenge',
    'SO',
    'the 403 names no error',
    challenged((words, { status }) => (status === 403 ? words.replace(/error="[^"]*", /, '') : words)),
  ),
  should(
    'habit/scope-unnamed',
    'auth-insufficient-scope-names-scopes',
    'SO',
    'the 403 names no scope',
    challenged((words, { status }) => (status === 403 ? words.replace(/, scope="[^"]*"/, '') : words)),
  ),
  must(
    'habit/second-try',
    'auth-invalid-token-401',
    'JK',
    'a token that was refused once passes the second time',
    (base) => {
      const seen = new Set<string>()
      return refusing((verdict, visit) => {
        const token = bearer(visit)
        if (token === '' || !seen.has(token)) {
          seen.add(token)
          return verdict
        }
        return ada
      })(base)
    },
  ),
  must(
    'habit/audience-by-path',
    'auth-audience-validated',
    'SO',
    'only the path of the audience is compared',
    (base) => ({
      async authorize(visit) {
        const verdict = await base.authorize(visit)
        if (verdict.ok || verdict.status !== 401) return verdict
        const again = await visit.world.desk.judge(visit.req.headers.authorization, { skipAudience: true })
        const { aud } = claims(visit)
        return again.ok && typeof aud === 'string' && URL.canParse(aud) && new URL(aud).pathname === '/mcp'
          ? again
          : verdict
      },
    }),
  ),
  must(
    'habit/expired-for-notes',
    'auth-expired-token-401',
    'SO',
    'requests with an Mcp-Name take expired tokens',
    refusing((verdict, visit) =>
      verdict.status === 401 &&
      visit.req.headers['mcp-name'] !== undefined &&
      claims(visit).sub === 'ada' &&
      claims(visit).aud === `${visit.world.origin}/mcp` &&
      Number(claims(visit).exp) * 1000 < Date.now()
        ? ada
        : verdict,
    ),
  ),
  must('habit/no-challenge-for-bad', 'auth-401-challenge', 'JK', 'a 401 for a bad token has no challenge', (base) => ({
    challenge: (verdict, visit) =>
      visit.req.headers.authorization === undefined ? base.challenge(verdict, visit) : undefined,
  })),
  must(
    'habit/scope-of-discover',
    'auth-403-insufficient',
    'SO',
    'who lacks the scope gets 404',
    refusing((verdict) => (verdict.status === 403 ? { ...verdict, status: 404 as 403 } : verdict)),
  ),
  must('habit/origin-of-our-port', 'security-origin-validation', 'J', 'an Origin with our port passes', (base) => ({
    originAllowed: (origin, visit) =>
      base.originAllowed(origin, visit) ||
      (URL.canParse(origin ?? '') && new URL(origin ?? '').port === new URL(visit.world.origin).port),
  })),
  must(
    'habit/origin-of-notes',
    'security-origin-validation',
    'M',
    'requests with an Mcp-Name are served to any Origin',
    (base) => ({
      originAllowed: (origin, visit) =>
        base.originAllowed(origin, visit) || visit.req.headers['mcp-name'] !== undefined,
    }),
  ),
]
