import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { asking } from '../content/asking.js'
import { isObject } from '../core/jsonrpc.js'
import { inSevens } from '../core/odd-writing.js'
import type { Exchange, Json, Policy } from '../core/types.js'
import { onResponse, onResult } from '../faults/fault.js'
import type { Variant } from './variant.js'

/** Changes how every response is written, below everything else. */
const written =
  (change: (res: ServerResponse, ex: Exchange) => void) =>
  (base: Policy): Partial<Policy> => ({
    intercept(ex) {
      change(ex.res, ex)
      return base.intercept(ex)
    },
  })

const headers = (rename: (name: string, value: string) => [string, string], more: Record<string, string> = {}) =>
  written((res) => {
    const send = res.writeHead.bind(res)
    res.writeHead = ((status: number, given: Record<string, string> = {}) =>
      send(status, {
        ...Object.fromEntries(Object.entries(given).map(([name, value]) => rename(name, value))),
        ...more,
      })) as typeof res.writeHead
  })

/** Encodes cursors in another way. */
const cursors =
  (wrap: (plain: string) => string, unwrap: (odd: string) => string) =>
  (base: Policy): Partial<Policy> => ({
    ...onResponse(base, (message) => {
      if (isObject(message.result) && typeof message.result.nextCursor === 'string')
        message.result.nextCursor = wrap(message.result.nextCursor)
      return message
    }),
    dispatch: (turn) =>
      base.dispatch(
        typeof turn.params.cursor === 'string'
          ? { ...turn, params: { ...turn.params, cursor: unwrap(turn.params.cursor) } }
          : turn,
      ),
  })

const escaped = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Legal but unusual ways to write, name and lay out things. */
export const oddVariants: Variant[] = [
  {
    name: 'headers-in-capitals',
    combos: ['stateful/sse/none', 'stateless/json/none', 'sse/sse/none'],
    summary: 'header names and media types are in other cases',
    change: headers((name, value) => [
      name.toUpperCase(),
      name === 'content-type'
        ? value.replace('application/json', 'Application/JSON').replace('event-stream', 'Event-Stream')
        : value,
    ]),
  },
  {
    name: 'odd-splits',
    combos: ['stateful/sse/none', 'stateful/json/none', 'sse/sse/none'],
    summary: 'bodies are written in pieces of seven bytes',
    change: written(inSevens),
  },
  {
    name: 'long-comments',
    combos: ['stateful/sse/none', 'stateless/sse/none', 'sse/sse/none'],
    summary: 'comments of 20 KiB stand between the events',
    change: (base) => ({ frame: (fields, stream) => `${base.frame(fields, stream)}: ${'padding '.repeat(2500)}\n\n` }),
  },
  {
    name: 'late-first-byte',
    combos: ['stateful/json/none', 'sse/sse/none', 'stateful/sse/none'],
    summary: 'every request waits 300 ms for its answer',
    change: (base) => ({
      async dispatch(turn) {
        await new Promise((resolve) => setTimeout(resolve, 300).unref())
        return base.dispatch(turn)
      },
    }),
  },
  {
    name: 'meta-everywhere',
    combos: ['stateful/json/none', 'stateful/sse/none'],
    summary: 'results and what they list carry _meta',
    change: (base) =>
      onResponse(base, (message, turn) => {
        const { result } = message
        if (!isObject(result) || turn.ex.revision < '2025-06-18') return message
        const _meta = { 'org.example.ledger/took': 3, traceId: 'a1', 'com.example/': null, 'x9.y-z/a_b.c-d': [1] }
        result._meta = { ...(result._meta as Json), ..._meta }
        for (const list of Object.values(result)) {
          if (Array.isArray(list))
            for (const one of list) if (isObject(one)) one._meta = { ...(one._meta as Json), ..._meta }
        }
        return message
      }),
  },
  {
    name: 'session-ids-of-signs',
    combos: ['stateful/json/none', 'stateful/sse/none'],
    summary: 'session ids hold every visible sign',
    change: () => ({ sessionId: () => `!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~${randomUUID()}` }),
  },
  {
    name: 'cursors-of-words',
    combos: ['stateful/json/none', 'stateless/sse/none'],
    summary: 'cursors are long and hold blanks and letters outside ASCII',
    change: cursors(
      (plain) => ` page «é» ${'~'.repeat(1500)} ${plain} `,
      (odd) => (odd.startsWith(' page «é» ') && odd.endsWith(' ') ? (odd.trim().split(' ').at(-1) ?? '') : `x${odd}`),
    ),
  },
  {
    name: 'notices-of-its-own',
    combos: ['stateful/sse/none', 'sse/sse/none'],
    summary: 'notifications nobody knows precede the answers of calls',
    change: (base) => ({
      async dispatch(turn) {
        if (turn.method === 'tools/call')
          turn.say({ jsonrpc: '2.0', method: 'notifications/org.example.ledger/queue', params: { place: 1 } })
        return base.dispatch(turn)
      },
    }),
  },
  {
    name: 'one-tool',
    combos: ['stateful/json/none', 'stateless/sse/none', 'sse/sse/none'],
    summary: 'there is one tool and nothing else',
    change(base) {
      const only = {
        ...base,
        facts: { ...base.facts, capabilities: () => ({ tools: {} }), safeTools: base.facts.safeTools.slice(0, 1) },
      }
      const listed = onResult(only, 'tools/list', (result) => {
        const [first] = result.tools as Json[]
        result.tools = first?.name === 'parrot' ? [first] : []
        delete result.nextCursor
      })
      const { outgoing = base.outgoing } = listed
      return {
        facts: only.facts,
        outgoing: (message, whence) => (message.method === 'notifications/message' ? [] : outgoing(message, whence)),
        async dispatch(turn) {
          if (/^(resources|prompts|completion|logging)\//.test(turn.method))
            return { error: { code: -32601, message: 'Method not found' } }
          if (turn.method === 'tools/call' && turn.params.name !== 'parrot')
            return { error: { code: -32602, message: 'Unknown tool' } }
          if (turn.method === 'tools/list' && turn.params.cursor !== undefined)
            return { error: { code: -32602, message: 'Invalid cursor' } }
          return base.dispatch(turn)
        },
      }
    },
  },
  {
    name: 'endpoint-with-query',
    combos: ['stateful/json/none', 'stateless/sse/none', 'stateful/json/apikey'],
    summary: 'the endpoint is known by its query',
    change: (base) => ({
      facts: { ...base.facts, query: '?tenant=blue&v=2' },
      isEndpoint: (path, ex) => base.isEndpoint(path, ex) && ex.query.get('tenant') === 'blue',
    }),
  },
  {
    name: 'endpoint-with-slash',
    combos: ['stateful/json/none', 'stateless/sse/none', 'sse/sse/none', 'stateful/sse/oauth'],
    summary: 'the endpoint ends with a slash',
    change: (base) => ({ facts: { ...base.facts, endpoint: '/api/v1/mcp/' } }),
  },
  {
    name: 'endpoint-at-root',
    combos: ['stateful/json/none', 'stateless/json/apikey'],
    summary: 'the endpoint is the root',
    change: (base) => ({ facts: { ...base.facts, endpoint: '/' } }),
  },
  {
    name: 'empty-but-typed',
    combos: ['stateful/json/none', 'stateless/sse/none'],
    summary: 'the 202 has a content type and an empty chunked body',
    change: written((res) => {
      const send = res.writeHead.bind(res)
      res.writeHead = ((status: number, given: Record<string, string> = {}) =>
        send(
          status,
          status === 202 ? { ...given, 'content-type': 'application/json', 'transfer-encoding': 'chunked' } : given,
        )) as typeof res.writeHead
    }),
  },
  {
    name: 'escaped-json',
    combos: ['stateful/json/none', 'stateless/json/none'],
    summary: 'JSON is indented and all but ASCII is escaped',
    change: () => ({ encode: (payload) => `\n${escaped(JSON.stringify(payload, null, '\t'))}\r\n` }),
  },
  {
    name: 'ids-on-channel',
    combos: ['sse/sse/none'],
    summary: 'events of a channel have ids',
    change(base) {
      let count = 0
      return { frame: (fields, stream) => base.frame({ id: `c${count++}`, ...fields }, stream) }
    },
  },
  {
    name: 'event-ids-of-words',
    combos: ['stateful/sse/none'],
    summary: 'event ids are words with blanks and letters outside ASCII',
    change: (base) => ({
      eventId(stream, index) {
        const plain = base.eventId(stream, index)
        return plain === undefined ? undefined : `ledger ${plain} =/:`
      },
    }),
  },
  {
    name: 'many-challenges',
    combos: ['stateful/sse/oauth', 'stateless/sse/oauth'],
    summary: 'the Bearer challenge is in small letters and follows one of Basic',
    change: (base) => ({
      challenge(verdict, ex) {
        const found = base.challenge(verdict, ex)
        return found === undefined
          ? undefined
          : `Basic realm="old, door", ${found.replace(/^Bearer/, 'bearer realm="ledger",')}`
      },
    }),
  },
  {
    name: 'rich-metadata',
    combos: ['stateful/json/oauth', 'sse/sse/oauth'],
    summary: 'the metadata has every member of RFC 9728 and two issuers',
    change: (base) => ({
      metadata(ex) {
        const found = base.metadata(ex)
        if (found === undefined) return undefined
        const plain = JSON.parse(found.body) as Json
        const more = {
          authorization_servers: [...(plain.authorization_servers as string[]), 'https://issuer.example.org/tenant'],
          resource_name: 'Ledger',
          resource_documentation: 'https://ledger.example.org/docs',
          'resource_name#de': 'Hauptbuch',
          tls_client_certificate_bound_access_tokens: false,
        }
        return { ...found, type: 'application/json; charset=utf-8', body: JSON.stringify({ ...plain, ...more }) }
      },
    }),
  },
  {
    name: 'asks-its-client',
    combos: ['stateful/sse/none', 'sse/sse/none', 'stateful/json/none'],
    summary: 'tools ask for input, a model and folders',
    change: asking(),
  },
  {
    name: 'forgets-idle-sessions',
    combos: ['stateful/json/none', 'stateful/sse/none'],
    summary: 'sessions end after ten seconds without a request',
    change: (base) => ({
      findSession(id, ex) {
        const session = base.findSession(id, ex)
        if (session === undefined) return undefined
        clearTimeout(session.awaited.get('idle'))
        const end = (): void => {
          if (session.streams.some((one) => one.res !== undefined)) return
          base.endSession(session, ex)
        }
        session.awaited.set('idle', setTimeout(end, 10_000).unref())
        return session
      },
    }),
  },
]
