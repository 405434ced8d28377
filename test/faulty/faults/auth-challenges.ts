import { SCOPE } from '../core/auth.js'
import type { Exchange, Page, Policy } from '../core/types.js'
import { type Fault, must, should } from './fault.js'

const page =
  (change: (page: Page) => Page | undefined) =>
  (base: Policy): Partial<Policy> => ({
    metadata(ex) {
      const found = base.metadata(ex)
      return found === undefined ? undefined : change(found)
    },
  })

const challenge =
  (wanted: number, change: (text: string, ex: Exchange) => string | undefined) =>
  (base: Policy): Partial<Policy> => ({
    challenge(verdict, ex) {
      const text = base.challenge(verdict, ex)
      return text === undefined || verdict.status !== wanted ? text : change(text, ex)
    },
  })

/** Faults of challenges. */
export const challengeFaults: Fault[] = [
  must(
    'auth/no-challenge',
    'auth-401-challenge',
    'FJK LSO',
    '401 has no WWW-Authenticate',
    challenge(401, () => undefined),
  ),
  must(
    'auth/challenge-basic',
    'auth-401-challenge',
    'LJK',
    'the challenge names the scheme Basic',
    challenge(401, () => 'Basic realm="ledger"'),
  ),
  must(
    'auth/challenge-on-missing-only',
    'auth-401-challenge',
    'FSO',
    '401 for bad tokens has no WWW-Authenticate',
    (base) => challenge(401, (text, ex) => (ex.req.headers.authorization === undefined ? text : undefined))(base),
  ),
  must('auth/no-metadata', 'auth-prm-implemented', 'FSO', 'there is no metadata; the challenge names none', (base) => ({
    ...page(() => undefined)(base),
    ...challenge(401, () => `Bearer scope="${SCOPE}"`)(base),
  })),
  must(
    'auth/metadata-dead-link',
    'auth-prm-discoverable',
    'LSO',
    'the announced metadata does not exist',
    page(() => undefined),
  ),
  must(
    'auth/challenge-no-metadata',
    'auth-challenge-resource-metadata',
    'FJO',
    'the challenge does not name the metadata',
    (base) => challenge(401, (text) => text.replace(/resource_metadata="[^"]*", /, ''))(base),
  ),
  must(
    'auth/challenge-relative',
    'auth-challenge-resource-metadata',
    'FSO',
    'the challenge names the metadata by path only',
    (base) => challenge(401, (text, ex) => text.replace(`"${ex.world.origin}`, '"'))(base),
  ),
  should(
    'auth/challenge-no-scope',
    'auth-challenge-scope',
    'FSO',
    'the challenge names no scope',
    challenge(401, (text) => text.replace(/, scope="[^"]*"/, '')),
  ),
  should('auth/challenge-scope-varies', 'auth-scope-consistent', 'LSO', 'the scopes in challenges change', (base) => {
    let count = 0
    return challenge(401, (text) =>
      text.replace(/scope="[^"]*"/, `scope="${count++ % 2 ? SCOPE : 'ledger:admin openid'}"`),
    )(base)
  }),
  should(
    'auth/scope-no-challenge',
    'auth-insufficient-scope-challenge',
    'FSO',
    '403 has no challenge',
    challenge(403, () => undefined),
  ),
  should(
    'auth/scope-wrong-error',
    'auth-insufficient-scope-challenge',
    'LSO',
    '403 says invalid_token',
    challenge(403, (text) => text.replace('insufficient_scope', 'invalid_token')),
  ),
  should(
    'auth/scope-unnamed',
    'auth-insufficient-scope-names-scopes',
    'FJO',
    '403 does not name the scopes',
    challenge(403, (text) => text.replace(/, scope="[^"]*"/, '')),
  ),
  should(
    'auth/scope-no-metadata',
    'auth-insufficient-scope-metadata',
    'FSO',
    '403 does not name the metadata',
    (base) => challenge(403, (text) => text.replace(/resource_metadata="[^"]*", /, ''))(base),
  ),
]
