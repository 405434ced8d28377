import type { Exchange, Json, Verdict } from '../core/types.js'
import { type Fault, must, should } from './fault.js'
import { ada, claims, method, openFor, tokenOf } from './guarded.js'

/** Faults of the guards in front: Origin, tokens, sessions of others. */
export const guardFaults: Fault[] = [
  must(
    'security/origin-initialize-exempt',
    'security-origin-validation',
    'FJ LS',
    'initialize is served to any Origin',
    (base) => {
      const foreign = new WeakSet<Exchange>()
      return {
        originAllowed(origin, ex) {
          const allowed = base.originAllowed(origin, ex)
          if (!allowed && ex.req.method === 'POST') foreign.add(ex)
          return allowed || ex.req.method === 'POST'
        },
        classify(raw, ex) {
          if (!foreign.has(ex) || method('initialize')(raw)) return base.classify(raw, ex)
          const send = ex.res.writeHead.bind(ex.res)
          ex.res.writeHead = ((_status: number, headers: Record<string, string>) =>
            send(403, headers)) as typeof ex.res.writeHead
          return { kind: 'invalid', text: 'this origin is not welcome' }
        },
      }
    },
  ),
  must(
    'security/origin-of-our-port',
    'security-origin-validation',
    'LJ FS',
    'an Origin with our port passes whatever its host',
    (base) => ({
      originAllowed: (origin, ex) =>
        base.originAllowed(origin, ex) ||
        (URL.canParse(origin ?? '') && new URL(origin ?? '').port === new URL(ex.world.origin).port),
    }),
  ),
  must(
    'security/origin-resume-exempt',
    'security-origin-validation',
    'FS',
    'GET with Last-Event-ID is served to any Origin',
    (base) => ({
      originAllowed: (origin, ex) => ex.req.headers['last-event-id'] !== undefined || base.originAllowed(origin, ex),
    }),
  ),
  must(
    'security/origin-notes-exempt',
    'security-origin-validation',
    'FJ',
    'an Origin is looked at when a session is entered the first time only',
    (base) => {
      const known = new Set<string>()
      return {
        originAllowed(origin, ex) {
          const id = String(ex.req.headers['mcp-session-id'] ?? '')
          if (known.has(id)) return true
          const allowed = base.originAllowed(origin, ex)
          if (allowed && id !== '' && ex.world.sessions.has(id)) known.add(id)
          return allowed
        },
      }
    },
  ),
  must('security/origin-404', 'security-origin-403', 'FJ LS', 'a foreign Origin gets 404', (base) => ({
    status: (kind, ex) => (kind === 'foreignOrigin' ? 404 : base.status(kind, ex)),
  })),
  must('auth/batches-open', 'auth-401-when-required', 'FJK LJK', 'batches need no credentials', (base) => {
    const batches = new WeakSet<Exchange>()
    return {
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        if (verdict.ok || ex.req.method !== 'POST') return verdict
        const challenge = base.challenge(verdict, ex)
        const send = ex.res.writeHead.bind(ex.res)
        const end = ex.res.end.bind(ex.res)
        ex.res.writeHead = ((status: number, headers: Record<string, string>) => {
          if (batches.has(ex)) return send(status, headers)
          ex.res.end = (() => end('credentials are needed')) as typeof ex.res.end
          return send(401, {
            'content-type': 'text/plain',
            ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
          })
        }) as typeof ex.res.writeHead
        return ada
      },
      batchAllowed(ex) {
        batches.add(ex)
        return base.batchAllowed(ex)
      },
    }
  }),
  must(
    'auth/reads-open',
    'auth-401-when-required',
    'LJK FSO',
    'resources/read needs no credentials',
    openFor(method('resources/read')),
  ),
  must(
    'auth/completions-open',
    'auth-every-request-verified',
    'FJO LJK',
    'completion/complete needs no credentials',
    openFor(method('completion/complete')),
  ),
  must(
    'auth/responses-open',
    'auth-every-request-verified',
    'FSK FJK',
    'responses of the client need no credentials',
    openFor((raw) => typeof raw === 'object' && raw !== null && 'result' in raw),
  ),
  must(
    'auth/progress-notes-open',
    'auth-401-when-required',
    'FJK',
    'notifications/progress needs no credentials',
    openFor(method('notifications/progress', 'notifications/roots/list_changed')),
  ),
  must(
    'auth/second-try',
    'auth-invalid-token-401',
    'LJK FJO',
    'a token that was refused once passes the second time',
    (base) => {
      const seen = new Set<string>()
      return {
        async authorize(ex) {
          const verdict = await base.authorize(ex)
          const token = tokenOf(ex)
          if (verdict.ok || token === '') return verdict
          if (seen.has(token)) return ada
          seen.add(token)
          return verdict
        },
      }
    },
  ),
  must('auth/expired-notes', 'auth-expired-token-401', 'FJO', 'notifications are taken with expired tokens', (base) => {
    const inner = openFor(
      (raw, ex) =>
        typeof (raw as Json | null)?.method === 'string' &&
        !('id' in (raw as Json)) &&
        claims(ex).sub === 'ada' &&
        Number(claims(ex).exp) * 1000 < Date.now(),
    )
    return inner(base)
  }),
  must(
    'auth/audience-by-path',
    'auth-audience-validated',
    'FSO LSO',
    'only the path of the audience is compared',
    (base) => ({
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        if (verdict.ok || verdict.status !== 401) return verdict
        const again = await ex.world.desk.judge(ex.req.headers.authorization, { skipAudience: true })
        const { aud } = claims(ex)
        return again.ok && typeof aud === 'string' && URL.canParse(aud) && new URL(aud).pathname === ex.world.endpoint
          ? again
          : verdict
      },
    }),
  ),
  must('auth/scope-404', 'auth-403-insufficient', 'FSO LSO', 'who lacks the scope gets 404', (base) => ({
    async authorize(ex) {
      const verdict = await base.authorize(ex)
      return !verdict.ok && verdict.status === 403 ? { ...verdict, status: 404 as 403 } : verdict
    },
  })),
  must('auth/scope-for-posts-only', 'auth-403-insufficient', 'FJO', 'DELETE needs no scope', (base) => ({
    async authorize(ex) {
      const verdict = await base.authorize(ex)
      return !verdict.ok && verdict.status === 403 && ex.req.method === 'DELETE' ? ada : verdict
    },
  })),
  must('auth/malformed-403', 'auth-400-malformed', 'FJK LSO', 'a broken Authorization header gets 403', (base) => ({
    async authorize(ex) {
      const verdict = await base.authorize(ex)
      return !verdict.ok && verdict.status === 400 ? { ...verdict, status: 403 } : verdict
    },
  })),
  must(
    'auth/malformed-passes',
    'auth-400-malformed',
    'LJK FJO',
    'whatever precedes the last word of the header does not matter',
    (base) => ({
      async authorize(ex) {
        const last = (ex.req.headers.authorization ?? '').split(/\s+/).at(-1)
        return base
          .authorize(ex)
          .then((verdict) => (verdict.ok || last !== ex.world.desk.tokens?.valid ? verdict : ada))
      },
    }),
  ),
  must(
    'auth/works-and-refuses',
    'auth-token-validated-first',
    'FJK',
    'a memo of a stranger is kept and then refused',
    (base) => {
      const strangers = new WeakMap<Exchange, Verdict & { ok: false }>()
      const inner = openFor(() => false)(base)
      return {
        ...inner,
        async authorize(ex) {
          const verdict = await base.authorize(ex)
          if (!verdict.ok) strangers.set(ex, verdict)
          return inner.authorize?.(ex) ?? verdict
        },
        classify(raw, ex) {
          const item = base.classify(raw, ex)
          if (strangers.has(ex) && item.kind === 'request' && item.params.name === 'jot') {
            const session = ex.world.sessions.get(String(ex.req.headers['mcp-session-id']))
            session?.memos.push(String((item.params.arguments as Json | undefined)?.memo))
          }
          return inner.classify?.(raw, ex) ?? item
        },
      }
    },
  ),
  must(
    'auth/resume-open',
    'auth-every-request-verified',
    'FSK FSO',
    'GET with Last-Event-ID needs no credentials',
    (base) => ({
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        return !verdict.ok && ex.req.method === 'GET' && ex.req.headers['last-event-id'] !== undefined ? ada : verdict
      },
    }),
  ),
  must(
    'auth/session-in-query',
    'session-not-authentication',
    'FJK',
    'a live session id in the query stands for credentials',
    (base) => ({
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        const session = ex.world.sessions.get(
          [...ex.query.values()].find((value) => ex.world.sessions.has(value)) ?? '',
        )
        return verdict.ok || session === undefined ? verdict : { ok: true, subject: session.owner }
      },
    }),
  ),
  must(
    'auth/session-as-bearer',
    'session-not-authentication',
    'FJK FSO',
    'a live session id is taken as bearer token',
    (base) => ({
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        const session = ex.world.sessions.get(tokenOf(ex))
        return verdict.ok || session === undefined ? verdict : { ok: true, subject: session.owner }
      },
    }),
  ),
  should(
    'auth/resume-of-other',
    'session-bound-to-user',
    'FSK',
    'other users may resume the streams of a session',
    (base) => ({
      mayUseSession: (session, ex) => ex.req.headers['last-event-id'] !== undefined || base.mayUseSession(session, ex),
    }),
  ),
  should(
    'auth/responses-of-other',
    'session-bound-to-user',
    'FJK',
    'responses are taken in sessions of other users',
    (base) => ({
      classify(raw, ex) {
        const item = base.classify(raw, ex)
        if (item.kind === 'response') ex.posted = 1
        return item
      },
      mayUseSession: (session, ex) => ex.posted === 1 || base.mayUseSession(session, ex),
    }),
  ),
  must(
    'auth/stale-key',
    'auth-invalid-token-401',
    'FJK',
    'in a session every token passes that is as long as the right one',
    (base) => ({
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        const right = ex.world.desk.tokens?.valid ?? ''
        const inside = ex.world.sessions.has(String(ex.req.headers['mcp-session-id']))
        return !verdict.ok && inside && tokenOf(ex).length === right.length ? ada : verdict
      },
    }),
  ),
  must(
    'auth/empty-bearer-on-get',
    'auth-every-request-verified',
    'FSK CHK',
    'GET takes a bearer of any kind',
    (base) => ({
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        return !verdict.ok && ex.req.method === 'GET' && tokenOf(ex) !== '' ? ada : verdict
      },
    }),
  ),
]
