import type { Exchange, Policy, Verdict } from '../core/types.js'
import { type Fault, must } from './fault.js'

type Test = (ex: Exchange) => boolean | undefined
const ada: Verdict = { ok: true, subject: 'ada' }
const every = 'auth-every-request-verified'
const missing = 'auth-401-when-required'
const invalid = 'auth-invalid-token-401'
const validation = 'security-origin-validation'

const pass =
  (test: Test) =>
  (base: Policy): Partial<Policy> => ({
    authorize: async (ex) => {
      const verdict = await base.authorize(ex)
      return verdict.ok || !test(ex) ? verdict : ada
    },
  })

/** Credentials are looked at before the body is read: these ask for the methods named in a header-like way, by peeking. */
const served =
  (...methods: string[]) =>
  (base: Policy): Partial<Policy> => {
    const pending = new WeakMap<Exchange, Verdict & { ok: false }>()
    return {
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        if (verdict.ok || ex.req.method !== 'POST') return verdict
        pending.set(ex, verdict)
        return ada
      },
      dispatch(turn) {
        const refused = pending.get(turn.ex)
        if (refused === undefined || methods.includes(turn.method)) return base.dispatch(turn)
        return Promise.resolve({ error: { code: -32001, message: 'unauthorized' } })
      },
      intercept: base.intercept,
    }
  }

const origin =
  (test: (origin: string, ex: Exchange) => boolean) =>
  (base: Policy): Partial<Policy> => ({
    originAllowed: (value, ex) => base.originAllowed(value, ex) || (value !== undefined && test(value, ex)),
  })

const bearer = (ex: Exchange): string => /^bearer +(\S+)$/i.exec(ex.req.headers.authorization ?? '')?.[1] ?? ''
const valid = (ex: Exchange): string => ex.world.desk.tokens?.valid ?? '-'

/** Faults of who is let in: strangers on some paths, tokens that are nearly right, origins that look right. */
export const doorFaults: Fault[] = [
  must('auth/refused-as-200', invalid, 'FJK LJK', 'strangers get 200 with a JSON-RPC error', served()),
  must(
    'auth/listing-open',
    every,
    'LJK FJO',
    'tools/list needs no credentials, the rest gets 200 and an error',
    served('tools/list'),
  ),
  must('auth/first-on-connection', every, 'FJK', 'only the first request of a connection is looked at', (base) => {
    const known = new WeakSet<object>()
    return {
      async authorize(ex) {
        const verdict = known.has(ex.req.socket) ? ada : await base.authorize(ex)
        if (verdict.ok) known.add(ex.req.socket)
        return verdict
      },
    }
  }),
  must(
    'auth/forwarded-open',
    missing,
    'LJK FSO',
    'who says to come from 127.0.0.1 needs no credentials',
    pass((ex) => String(ex.req.headers['x-forwarded-for'] ?? '').startsWith('127.')),
  ),
  must('auth/cached-by-head', invalid, 'FSO LSO', 'tokens are remembered by how they begin', (base) => {
    const good = new Set<string>()
    return {
      async authorize(ex) {
        const head = bearer(ex).slice(0, 30)
        if (good.has(head)) return ada
        const verdict = await base.authorize(ex)
        if (verdict.ok && head) good.add(head)
        return verdict
      },
    }
  }),
  must(
    'auth/length',
    invalid,
    'LJK',
    'any key of the right length passes',
    pass((ex) => bearer(ex).length === valid(ex).length),
  ),
  must(
    'auth/contains',
    invalid,
    'FJK',
    'a key that contains the right one passes',
    pass((ex) => bearer(ex).includes(valid(ex))),
  ),
  must(
    'auth/raw-key',
    invalid,
    'LJK',
    'the key passes without a scheme',
    pass((ex) => ex.req.headers.authorization === valid(ex)),
  ),
  must(
    'auth/token-scheme',
    invalid,
    'FJK',
    'the key passes with the scheme Token',
    pass((ex) => ex.req.headers.authorization === `Token ${valid(ex)}`),
  ),
  must(
    'auth/undefined-key',
    invalid,
    'LJK',
    'the key "undefined" passes',
    pass((ex) => ['undefined', 'null'].includes(bearer(ex))),
  ),
  must(
    'auth/session-after-good',
    every,
    'FJO',
    'a session that was used with a good token once needs none for a second',
    (base) => {
      const fresh = new Map<string, number>()
      return {
        async authorize(ex) {
          const id = String(ex.req.headers['mcp-session-id'])
          const verdict = await base.authorize(ex)
          if (verdict.ok) fresh.set(id, Date.now())
          return verdict.ok || Date.now() - (fresh.get(id) ?? 0) > 1000 ? verdict : ada
        },
      }
    },
  ),
  must('auth/login-page', missing, 'FJK', 'strangers are sent to a login page', (base) => ({
    async authorize(ex) {
      const verdict = await base.authorize(ex)
      if (!verdict.ok) ex.res.setHeader('location', '/login')
      return verdict.ok ? verdict : ({ ...verdict, status: 302 as unknown as 401 } as Verdict)
    },
  })),
  must(
    'auth/get-with-session-open',
    every,
    'FSO',
    'GET with a live session id needs no credentials',
    pass((ex) => ex.req.method === 'GET' && ex.world.sessions.has(String(ex.req.headers['mcp-session-id']))),
  ),
  must(
    'security/origin-ends-right',
    validation,
    'LJ FJ',
    'origins that end with localhost pass',
    origin((value) => /localhost(:\d+)?$/.test(value)),
  ),
  must(
    'security/origin-address-in-name',
    validation,
    'FJ CH',
    'origins that begin with http://127.0.0.1 pass',
    origin((value) => value.startsWith('http://127.0.0.1')),
  ),
  must(
    'security/origin-https',
    validation,
    'LJ',
    'any https origin passes',
    origin((value) => value.startsWith('https:')),
  ),
  must('security/origin-calls-exempt', validation, 'FJ LS', 'tools/call is served to any Origin', (base) => {
    const foreign = new WeakSet<Exchange>()
    return {
      originAllowed(value, ex) {
        if (!base.originAllowed(value, ex) && ex.req.method === 'POST') foreign.add(ex)
        return foreign.has(ex) || base.originAllowed(value, ex)
      },
      classify(raw, ex) {
        const item = base.classify(raw, ex)
        const allowed = item.kind === 'request' && item.method === 'tools/call'
        return foreign.has(ex) && !allowed ? { kind: 'invalid', text: 'foreign origin' } : item
      },
    }
  }),
  must('security/origin-once', validation, 'FJ', 'an Origin is refused once and then remembered as known', (base) => {
    const known = new Set<string>()
    return {
      originAllowed(value, ex) {
        if (value === undefined || base.originAllowed(value, ex) || known.has(value)) return true
        known.add(value)
        return false
      },
    }
  }),
]
