import { isObject } from '../core/jsonrpc.js'
import type { Exchange, JudgeOptions, Policy, Verdict } from '../core/types.js'
import { type Fault, must } from './fault.js'

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

const bearer = (ex: Exchange): string | undefined => /^bearer +(\S+)$/i.exec(ex.req.headers.authorization ?? '')?.[1]
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

/** Finds out what is wrong with a token that was refused. */
function algNone(ex: Exchange): boolean {
  try {
    const head: unknown = JSON.parse(Buffer.from(bearer(ex)?.split('.')[0] ?? '', 'base64url').toString())
    return isObject(head) && String(head.alg).toLowerCase() === 'none'
  } catch {
    return false
  }
}

const missing = 'auth-401-when-required'
const every = 'auth-every-request-verified'
const invalid = 'auth-invalid-token-401'

/** Faults of the checking of credentials. */
export const authFaults: Fault[] = [
  must(
    'auth/none-needed',
    missing,
    'FJK LSO CHK',
    'requests without credentials are served',
    pass((ex) => ex.req.headers.authorization === undefined),
  ),
  must('auth/initialize-only', every, 'FJK FSO', 'only requests that open a session need credentials', pass(inSession)),
  must(
    'auth/get-open',
    every,
    'FSO FJK',
    'GET needs no credentials',
    pass((ex) => ex.req.method === 'GET'),
  ),
  must(
    'auth/delete-open',
    every,
    'FJO FJK',
    'DELETE needs no credentials',
    pass((ex) => ex.req.method === 'DELETE'),
  ),
  must(
    'auth/inbox-open',
    every,
    'CHK CHO',
    'messages to a channel need no credentials',
    pass((ex) => ex.path.startsWith('/inbox')),
  ),
  must(
    'auth/channel-open',
    missing,
    'CHO',
    'channels open without credentials',
    pass((ex) => ex.req.method === 'GET'),
  ),
  must('auth/slash-twin', missing, 'LJK FSO', 'with a slash at the end no credentials are needed', (base) => ({
    isEndpoint: (path, ex) => path === `${ex.world.endpoint}/` || base.isEndpoint(path, ex),
    ...pass((ex) => ex.path.endsWith('/'))(base),
  })),
  must('auth/case-twin', missing, 'LJK', 'the path in upper case needs no credentials', (base) => ({
    isEndpoint: (path, ex) => path.toLowerCase() === ex.world.endpoint,
    ...pass((ex) => ex.path !== ex.world.endpoint)(base),
  })),
  must('auth/double-slash', missing, 'FJO', 'a doubled slash needs no credentials', (base) => ({
    isEndpoint: (path, ex) => path.replace(/^\/+/, '/') === ex.world.endpoint,
    ...pass((ex) => ex.path.startsWith('//'))(base),
  })),
  must(
    'auth/missing-403',
    missing,
    'FJK',
    'missing credentials get 403',
    statusOf(401, 403, (ex) => !ex.req.headers.authorization),
  ),
  must(
    'auth/missing-400',
    missing,
    'LSO',
    'missing credentials get 400',
    statusOf(401, 400, (ex) => !ex.req.headers.authorization),
  ),
  must(
    'auth/invalid-403',
    invalid,
    'FSO',
    'a bad token gets 403',
    statusOf(401, 403, (ex) => !!ex.req.headers.authorization),
  ),
  must(
    'auth/any-token',
    invalid,
    'LJK CHK',
    'any bearer token is accepted',
    pass((ex) => bearer(ex) !== undefined),
  ),
  must(
    'auth/prefix',
    invalid,
    'FJK',
    'the first characters of the key suffice',
    pass((ex) => (bearer(ex)?.length ?? 0) > 7 && valid(ex).startsWith(bearer(ex) ?? '-')),
  ),
  must(
    'auth/suffix',
    invalid,
    'LJK',
    'a key with something behind it is accepted',
    pass((ex) => bearer(ex)?.startsWith(valid(ex))),
  ),
  must(
    'auth/any-case',
    invalid,
    'FJK',
    'keys are compared in any case',
    pass((ex) => bearer(ex)?.toLowerCase() === valid(ex).toLowerCase()),
  ),
  must(
    'auth/empty-token',
    invalid,
    'LJK',
    'an empty bearer token is accepted',
    pass((ex) => /^bearer *$/i.test(ex.req.headers.authorization ?? '')),
  ),
  must('auth/unsigned', invalid, 'FSO', 'the signature is not checked', skip({ skipSignature: true })),
  must('auth/alg-none', invalid, 'LSO', 'tokens with alg none are accepted', skip({ skipSignature: true }, algNone)),
  must(
    'auth/other-scheme',
    invalid,
    'FJK',
    'any Basic credentials are accepted',
    pass((ex) => /^basic /i.test(ex.req.headers.authorization ?? '')),
  ),
  must('auth/malformed-500', 'auth-400-malformed', 'FJK', 'a broken Authorization header ends in HTTP 500', (base) => ({
    authorize: async (ex) => {
      const verdict = await base.authorize(ex)
      if (!verdict.ok && verdict.status === 400) throw new Error('crash')
      return verdict
    },
  })),
]
