import type { Exchange, Json, Policy, Verdict } from '../core/types.js'
import { type Fault, must, should } from './fault.js'

const ada: Verdict = { ok: true, subject: 'ada' }
const every = 'auth-every-request-verified'
const invalid = 'auth-invalid-token-401'

const pass =
  (test: (ex: Exchange) => boolean | undefined) =>
  (base: Policy): Partial<Policy> => ({
    authorize: async (ex) => {
      const verdict = await base.authorize(ex)
      return verdict.ok || !test(ex) ? verdict : ada
    },
  })

/** Serves strangers some methods; everything else is refused as it should be. */
const open =
  (...methods: (string | ((method: string) => boolean))[]) =>
  (base: Policy): Partial<Policy> => {
    const free = (name: string) => methods.some((one) => (typeof one === 'string' ? one === name : one(name)))
    const strangers = new WeakMap<Exchange, Verdict & { ok: false }>()
    return {
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        if (verdict.ok || ex.req.method !== 'POST') return verdict
        strangers.set(ex, verdict)
        return ada
      },
      classify(raw, ex) {
        const item = base.classify(raw, ex)
        const refused = strangers.get(ex)
        if (refused === undefined || ('method' in item && free(item.method))) return item
        const challenge = base.challenge(refused, ex)
        const send = ex.res.writeHead.bind(ex.res)
        ex.res.writeHead = ((_status: number, headers: Record<string, string>) =>
          send(refused.status, {
            ...headers,
            ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
          })) as typeof ex.res.writeHead
        return { kind: 'invalid', text: 'credentials are needed' }
      },
    }
  }

const bearer = (ex: Exchange): string => /^bearer +(\S+)$/i.exec(ex.req.headers.authorization ?? '')?.[1] ?? ''
const valid = (ex: Exchange): string => ex.world.desk.tokens?.valid ?? '-'
const part = (token: string, index: number): Json => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as Json
  } catch {
    return {}
  }
}
const fresh = (ex: Exchange): boolean => {
  const claims = part(bearer(ex), 1)
  return (
    claims.aud === `${ex.world.origin}${ex.world.endpoint}` &&
    Number(claims.exp) * 1000 > Date.now() &&
    String(claims.scope).includes('ledger:use')
  )
}
const page =
  (change: (document: Json) => void) =>
  (base: Policy): Partial<Policy> => ({
    metadata(ex) {
      const found = base.metadata(ex)
      if (found === undefined) return undefined
      const document = JSON.parse(found.body) as Json
      change(document)
      return { ...found, body: JSON.stringify(document) }
    },
  })
const challenge =
  (change: (text: string, ex: Exchange, verdict: Verdict & { ok: false }) => string | undefined) =>
  (base: Policy): Partial<Policy> => ({
    challenge(verdict, ex) {
      const text = base.challenge(verdict, ex)
      return text === undefined ? undefined : change(text, ex, verdict)
    },
  })

/** Faults of who is let in, on paths and with tokens that few think of. */
export const strangerFaults: Fault[] = [
  must('auth/initialize-open', every, 'FJK LJK CHK', 'initialize needs no credentials', open('initialize')),
  must('auth/ping-open', every, 'LJK FJK', 'ping needs no credentials', open('ping')),
  must(
    'auth/notes-open',
    every,
    'FJK',
    'notifications/initialized needs no credentials',
    open('notifications/initialized'),
  ),
  must(
    'auth/cancel-open',
    every,
    'FSK',
    'notifications/cancelled needs no credentials',
    open('notifications/cancelled'),
  ),
  must('auth/prompts-open', every, 'LJK FJK', 'prompts/get needs no credentials', open('prompts/get')),
  must('auth/prompt-list-open', every, 'FJO', 'prompts/list needs no credentials', open('prompts/list')),
  must(
    'auth/templates-open',
    every,
    'LSO LJK',
    'resources/templates/list needs no credentials',
    open('resources/templates/list'),
  ),
  must('auth/resource-list-open', every, 'FSO', 'resources/list needs no credentials', open('resources/list')),
  must('auth/levels-open', every, 'FJK', 'logging/setLevel needs no credentials', open('logging/setLevel')),
  must('auth/subscribe-open', every, 'FSK', 'resources/subscribe needs no credentials', open('resources/subscribe')),
  must(
    'auth/unknown-open',
    every,
    'LJK',
    'unknown methods are answered without credentials',
    open((method) => !/^(initialize|ping|tools|resources|prompts|completion|logging|notifications)/.test(method)),
  ),
  must('auth/calls-open', every, 'LSO', 'tools/call needs no credentials', open('tools/call')),
  must(
    'auth/inbox-any-token',
    invalid,
    'CHK CHO',
    'messages to a channel are taken with any token',
    pass((ex) => ex.path.startsWith('/inbox/') && bearer(ex) !== ''),
  ),
  must(
    'auth/inbox-expired',
    'auth-expired-token-401',
    'CHO',
    'messages to a channel are taken with expired tokens',
    (base) => ({
      authorize: (ex) =>
        ex.path.startsWith('/inbox/')
          ? ex.world.desk.judge(ex.req.headers.authorization, { skipExpiry: true })
          : base.authorize(ex),
    }),
  ),
  must(
    'auth/inbox-audience',
    'auth-audience-validated',
    'CHO',
    'messages to a channel are taken with tokens for others',
    (base) => ({
      authorize: (ex) =>
        ex.path.startsWith('/inbox/')
          ? ex.world.desk.judge(ex.req.headers.authorization, { skipAudience: true })
          : base.authorize(ex),
    }),
  ),
  must('auth/get-expired', 'auth-expired-token-401', 'FSO', 'GET takes expired tokens', (base) => ({
    authorize: (ex) =>
      ex.req.method === 'GET'
        ? ex.world.desk.judge(ex.req.headers.authorization, { skipExpiry: true })
        : base.authorize(ex),
  })),
  must('auth/get-audience', 'auth-audience-validated', 'FSO', 'GET takes tokens for others', (base) => ({
    authorize: (ex) =>
      ex.req.method === 'GET'
        ? ex.world.desk.judge(ex.req.headers.authorization, { skipAudience: true })
        : base.authorize(ex),
  })),
  must(
    'auth/delete-any-token',
    invalid,
    'FJK FJO',
    'DELETE takes any token',
    pass((ex) => ex.req.method === 'DELETE' && bearer(ex) !== ''),
  ),
  must('auth/delete-audience', 'auth-audience-validated', 'FJO', 'DELETE takes tokens for others', (base) => ({
    authorize: (ex) =>
      ex.req.method === 'DELETE'
        ? ex.world.desk.judge(ex.req.headers.authorization, { skipAudience: true })
        : base.authorize(ex),
  })),
  must('auth/scope-on-get', 'auth-403-insufficient', 'FSO', 'GET takes tokens without the scope', (base) => ({
    authorize: (ex) =>
      ex.req.method === 'GET'
        ? ex.world.desk.judge(ex.req.headers.authorization, { skipScope: true })
        : base.authorize(ex),
  })),
  must(
    'auth/session-audience',
    'auth-audience-validated',
    'FSO',
    'in a session tokens for others are taken',
    (base) => ({
      authorize: (ex) =>
        ex.req.headers['mcp-session-id']
          ? ex.world.desk.judge(ex.req.headers.authorization, { skipAudience: true })
          : base.authorize(ex),
    }),
  ),
  must(
    'auth/expired-403',
    'auth-expired-token-401',
    'FJO LSO',
    'expired tokens get 403',
    answers(401, 'invalid_token', 403, (claims) => Number(claims.exp) * 1000 < Date.now()),
  ),
  must(
    'auth/audience-403',
    'auth-audience-validated',
    'LSO',
    'tokens for others get 400',
    answers(401, 'invalid_token', 400, (claims) => String(claims.aud).includes('other')),
  ),
  must(
    'auth/path-parameter',
    every,
    'LJK',
    'with ; behind the path no credentials are needed',
    twin((path, endpoint) => path.startsWith(`${endpoint};`)),
  ),
  must(
    'auth/path-encoded',
    every,
    'FJK',
    'the path with an encoded letter needs no credentials',
    twin((path, endpoint) => path !== endpoint && decode(path) === endpoint),
  ),
  must(
    'auth/path-dots',
    every,
    'LJK',
    'the path through .. needs no credentials',
    twin((path, endpoint) => path !== endpoint && /\/\.{1,2}\//.test(path) && path.endsWith(endpoint)),
  ),
  must(
    'auth/path-below',
    every,
    'FJK',
    'paths below the endpoint need no credentials',
    twin((path, endpoint) => path.startsWith(`${endpoint}/`)),
  ),
  must(
    'auth/any-query',
    every,
    'LJK',
    'with a query no credentials are needed',
    pass((ex) => [...ex.query.keys()].length > 0),
  ),
  must(
    'auth/last-character',
    invalid,
    'FJK LJK',
    'the last character of the key is not compared',
    pass((ex) => bearer(ex).slice(0, -1) === valid(ex).slice(0, -1)),
  ),
  must(
    'auth/same-prefix',
    invalid,
    'FJK',
    'every key with the right prefix lk_ passes',
    pass((ex) => bearer(ex).startsWith('lk_')),
  ),
  must(
    'auth/two-tokens',
    invalid,
    'LJK',
    'of several tokens in one header any may be right',
    pass((ex) => (ex.req.headers.authorization ?? '').split(/[ ,]+/).includes(valid(ex))),
  ),
  must('auth/own-key', invalid, 'FSO LSO', 'tokens are verified with the key they bring along', (base) => ({
    authorize: async (ex) => {
      const verdict = await base.authorize(ex)
      const { jwk } = part(bearer(ex), 0)
      return verdict.ok || jwk === undefined || !fresh(ex) ? verdict : ada
    },
  })),
  must(
    'auth/other-algorithm',
    invalid,
    'LSO',
    'tokens of HS256 pass whatever their secret',
    pass((ex) => /^HS/.test(String(part(bearer(ex), 0).alg)) && fresh(ex)),
  ),
  must(
    'auth/subject-rewritten',
    invalid,
    'FSO',
    'the claims may be changed if the signature is there',
    pass((ex) => bearer(ex).split('.')[2] === valid(ex).split('.')[2] && fresh(ex)),
  ),
  must(
    'auth/signature-optional',
    invalid,
    'LSO',
    'tokens without a signature pass',
    pass((ex) => (bearer(ex).split('.')[2] ?? '') === '' && fresh(ex)),
  ),
  must(
    'auth/none-capital',
    invalid,
    'FSO',
    'tokens with the alg NONE in other cases pass',
    pass((ex) => /^none$/i.test(String(part(bearer(ex), 0).alg)) && part(bearer(ex), 0).alg !== 'none' && fresh(ex)),
  ),
  must(
    'auth/after-many-refusals',
    'auth-401-when-required',
    'LJK',
    'after thirty refusals strangers get 429 without an end and users too',
    (base) => {
      let refused = 0
      return {
        async authorize(ex) {
          const verdict = await base.authorize(ex)
          if (!verdict.ok) refused += 1
          return verdict.ok && refused > 30 ? { ok: false, status: 401 } : verdict
        },
      }
    },
  ),
  must(
    'auth/no-challenge-on-get',
    'auth-401-challenge',
    'FSO FSK',
    '401 on GET has no challenge',
    challenge((text, ex) => (ex.req.method === 'GET' ? undefined : text)),
  ),
  must(
    'auth/no-challenge-on-delete',
    'auth-401-challenge',
    'FJK',
    '401 on DELETE has no challenge',
    challenge((text, ex) => (ex.req.method === 'DELETE' ? undefined : text)),
  ),
  must(
    'auth/challenge-unquoted',
    'auth-401-challenge',
    'LSO',
    'the challenge holds the URL without quotes',
    challenge((text) => text.replaceAll('"', '')),
  ),
  must(
    'auth/challenge-text',
    'auth-401-challenge',
    'FJK',
    'the challenge is a sentence',
    challenge(() => 'please log in'),
  ),
  must(
    'auth/metadata-relative-server',
    'auth-prm-authorization-servers',
    'FSO',
    'the authorization server is a path',
    page((document) => (document.authorization_servers = ['/issuer'])),
  ),
  must(
    'auth/metadata-servers-of-objects',
    'auth-prm-authorization-servers',
    'LSO',
    'authorization servers are objects',
    page((document) => (document.authorization_servers = [{ issuer: 'x' }])),
  ),
  must('auth/metadata-http-404', 'auth-prm-json-200', 'FJO', 'the metadata comes with 404', (base) => ({
    metadata(ex) {
      const found = base.metadata(ex)
      return found && { ...found, status: 404 }
    },
  })),
  must(
    'auth/metadata-port',
    'auth-prm-resource-matches',
    'LSO',
    'the resource names another port',
    page((document) => (document.resource = String(document.resource).replace(/:\d+/, ':1'))),
  ),
  must(
    'auth/metadata-scheme',
    'auth-prm-resource-matches',
    'FSO',
    'the resource has the scheme ws',
    page((document) => (document.resource = String(document.resource).replace('http:', 'ws:'))),
  ),
  must('auth/metadata-list', 'auth-prm-json-200', 'CHO', 'the metadata is a list of documents', (base) => ({
    metadata(ex) {
      const found = base.metadata(ex)
      return found && { ...found, body: `[${found.body}]` }
    },
  })),
  should(
    'auth/notes-of-other',
    'session-bound-to-user',
    'FJK',
    'notifications are taken in sessions of other users',
    (base) => ({
      mayUseSession: (session, ex) =>
        (ex.req.method === 'POST' && ex.methods.length === 0) || base.mayUseSession(session, ex),
    }),
  ),
  should(
    'auth/calls-of-other',
    'session-bound-to-user',
    'FJO',
    'tools/call is taken in sessions of other users',
    (base) => ({
      mayUseSession: (session, ex) => ex.methods.includes('tools/call') || base.mayUseSession(session, ex),
    }),
  ),
  should(
    'auth/lists-of-other',
    'session-bound-to-user',
    'FSO',
    'lists are served in sessions of other users',
    (base) => ({
      mayUseSession: (session, ex) =>
        ex.methods.some((method) => method.endsWith('/list')) || base.mayUseSession(session, ex),
    }),
  ),
]

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Serves another spelling of the path without looking at credentials. */
function twin(test: (path: string, endpoint: string) => boolean) {
  return (base: Policy): Partial<Policy> => {
    const same = (ex: Exchange) => test(ex.path, ex.world.endpoint)
    return {
      isEndpoint: (path, ex) => base.isEndpoint(path, ex) || same(ex),
      authorize: async (ex) => (same(ex) ? ada : base.authorize(ex)),
    }
  }
}

/** Refuses some tokens with another status. */
function answers(from: number, error: string, status: number, test: (claims: Json) => boolean) {
  return (base: Policy): Partial<Policy> => ({
    async authorize(ex) {
      const verdict = await base.authorize(ex)
      const fits = !verdict.ok && verdict.status === from && verdict.error === error && test(part(bearer(ex), 1))
      return fits ? ({ ...verdict, status } as Verdict) : verdict
    },
  })
}
