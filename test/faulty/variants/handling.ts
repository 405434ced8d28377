import { isObject } from '../core/jsonrpc.js'
import type { Exchange, Page, Policy } from '../core/types.js'
import type { Variant } from './variant.js'

const refuse = (ex: Exchange): Page => ({
  status: 405,
  type: '',
  body: '',
  headers: { allow: ex.req.method === 'GET' ? 'POST, DELETE' : 'POST, GET' },
})

/** Answers some HTTP methods with 405. */
const without =
  (...methods: string[]) =>
  (base: Policy): Partial<Policy> => ({
    intercept: (ex) =>
      methods.includes(ex.req.method ?? '') && ex.path === ex.world.endpoint ? refuse(ex) : base.intercept(ex),
  })

/** Sends what is written with a changed head. */
function onHead(
  ex: Exchange,
  change: (status: number, headers: Record<string, string>) => [number, Record<string, string>],
): void {
  const write = ex.res.writeHead.bind(ex.res)
  ex.res.writeHead = ((status: number, headers: Record<string, string> = {}) =>
    write(...change(status, headers))) as typeof ex.res.writeHead
}

/** How HTTP is handled: methods, statuses, media types, paths. */
export const handlingVariants: Variant[] = [
  {
    name: 'no-delete',
    combos: ['stateful/json/none', 'stateful/sse/oauth'],
    summary: 'DELETE is 405',
    change: without('DELETE'),
  },
  {
    name: 'no-get',
    combos: ['stateful/sse/none', 'stateful/json/apikey'],
    summary: 'GET is 405',
    change: without('GET'),
  },
  {
    name: 'post-only',
    combos: ['stateful/json/none'],
    summary: 'GET and DELETE are 405',
    change: without('GET', 'DELETE'),
  },
  {
    name: 'errors-with-400',
    combos: ['stateful/json/none', 'stateless/json/none'],
    summary: 'JSON-RPC errors come with HTTP 400',
    change: (base) => ({
      async settle(message, turn, send) {
        if ('error' in message && !turn.stream)
          onHead(turn.ex, (status, headers) => [status === 200 ? 400 : status, headers])
        await base.settle(message, turn, send)
      },
    }),
  },
  {
    name: 'lists-as-json',
    combos: ['stateful/sse/none', 'stateless/sse/none'],
    summary: 'only calls of tools are answered with streams',
    change: (base) => ({ wantsStream: (ex) => ex.methods.includes('tools/call') && base.wantsStream(ex) }),
  },
  {
    name: 'streams-for-progress',
    combos: ['stateful/sse/none'],
    summary: 'initialize and ping are answered with JSON, the rest with streams',
    change: (base) => ({
      wantsStream: (ex) =>
        !ex.methods.some((method) => ['initialize', 'ping'].includes(method)) && base.wantsStream(ex),
    }),
  },
  {
    name: 'plain-refusals',
    combos: ['stateful/json/none', 'stateless/sse/none'],
    summary: 'sessions and versions are refused in plain text',
    change: (base) => ({
      encode(payload, ex) {
        const plain =
          isObject(payload) &&
          isObject(payload.error) &&
          !ex.res.hasHeader('x-turn') &&
          /session|Version|Mcp/.test(String(payload.error.message))
        return plain ? 'Bad Request' : base.encode(payload, ex)
      },
      mediaType: base.mediaType,
    }),
  },
  {
    name: 'strict-accept',
    combos: ['stateful/sse/none', 'stateless/json/none'],
    summary: 'a POST has to accept JSON and streams',
    change: (base) => ({
      intercept(ex) {
        const accept = ex.req.headers.accept?.toLowerCase() ?? ''
        const both = accept.includes('application/json') && accept.includes('text/event-stream')
        return ex.req.method === 'POST' && !both
          ? {
              status: 406,
              type: 'application/json',
              body: '{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Not Acceptable"}}',
            }
          : base.intercept(ex)
      },
    }),
  },
  {
    name: 'closes-connections',
    combos: ['stateful/json/none', 'stateless/sse/none'],
    summary: 'every answer ends its connection',
    change: (base) => ({
      intercept(ex) {
        ex.res.setHeader('connection', 'close')
        return base.intercept(ex)
      },
    }),
  },
  {
    name: 'slow',
    combos: ['stateful/json/none', 'sse/sse/none'],
    summary: 'every answer takes 60 ms',
    change: (base) => ({
      async dispatch(turn) {
        await new Promise((resolve) => setTimeout(resolve, 60))
        return base.dispatch(turn)
      },
    }),
  },
  {
    name: 'no-origin-at-all',
    combos: ['stateful/json/none', 'stateless/sse/none', 'sse/sse/none'],
    summary: 'whoever sends an Origin gets 403',
    change: () => ({ originAllowed: (origin) => origin === undefined }),
  },
  {
    name: 'any-host',
    combos: ['stateless/json/none'],
    summary: 'Host is not looked at',
    change: () => ({ hostAllowed: () => true }),
  },
  {
    name: 'delete-200',
    combos: ['stateful/json/none'],
    summary: 'DELETE is answered with 200',
    change: (base) => ({ status: (kind, ex) => (kind === 'deleted' ? 200 : base.status(kind, ex)) }),
  },
  {
    name: 'guard-first',
    combos: ['stateful/json/apikey', 'stateless/sse/oauth', 'stateful/sse/oauth', 'sse/sse/apikey'],
    summary: 'without credentials every path is 401',
    change: (base) => ({
      isEndpoint: base.isEndpoint,
      intercept: (ex) =>
        ex.path.startsWith('/.well-known/') && ex.world.auth === 'apikey'
          ? { status: 401, type: 'text/plain', body: 'no', headers: { 'www-authenticate': 'Bearer' } }
          : base.intercept(ex),
    }),
  },
  {
    name: 'json-401',
    combos: ['stateful/json/apikey', 'stateless/json/apikey'],
    summary: 'a 401 holds a JSON-RPC error without id',
    change: (base) => ({
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        if (!verdict.ok) {
          const end = ex.res.end.bind(ex.res)
          onHead(ex, (status, headers) => [status, { ...headers, 'content-type': 'application/json' }])
          ex.res.end = ((): unknown =>
            end('{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Unauthorized"}}')) as typeof ex.res.end
        }
        return verdict
      },
    }),
  },
  {
    name: 'malformed-401',
    combos: ['stateful/json/apikey', 'stateless/sse/oauth'],
    summary: 'malformed credentials are 401 as well',
    change: (base) => ({
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        return !verdict.ok && verdict.status === 400 ? { ...verdict, status: 401 } : verdict
      },
    }),
  },
  {
    name: 'metadata-at-root',
    combos: ['stateful/sse/oauth', 'stateless/sse/oauth', 'sse/sse/oauth'],
    summary: 'the metadata lies at the root of the well-known place',
    change: (base) => ({
      metadata(ex) {
        const root = '/.well-known/oauth-protected-resource'
        if (ex.path.startsWith(`${root}/`)) return undefined
        return base.metadata(ex.path === root ? { ...ex, path: `${root}${ex.world.endpoint}` } : ex)
      },
      challenge: (verdict, ex) =>
        base
          .challenge(verdict, ex)
          ?.replace(`oauth-protected-resource${ex.world.endpoint}`, 'oauth-protected-resource'),
    }),
  },
  {
    name: 'metadata-at-both',
    combos: ['stateful/json/oauth'],
    summary: 'the metadata lies at both well-known places',
    change: (base) => ({
      metadata(ex) {
        const root = '/.well-known/oauth-protected-resource'
        return base.metadata(ex.path === root ? { ...ex, path: `${root}${ex.world.endpoint}` } : ex)
      },
    }),
  },
  {
    name: 'preflight',
    combos: ['stateful/json/apikey', 'stateless/json/none'],
    summary: 'OPTIONS is answered with 204 and CORS headers',
    change: (base) => ({
      intercept: (ex) =>
        ex.req.method === 'OPTIONS'
          ? {
              status: 204,
              type: '',
              body: '',
              headers: {
                'access-control-allow-methods': 'GET, POST, DELETE',
                'access-control-allow-headers': 'authorization, content-type, mcp-session-id',
              },
            }
          : base.intercept(ex),
    }),
  },
]
