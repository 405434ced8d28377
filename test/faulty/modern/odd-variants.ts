import type { ServerResponse } from 'node:http'
import { isObject } from '../core/jsonrpc.js'
import { inSevens } from '../core/odd-writing.js'
import type { Json } from '../core/types.js'
import { both, calls, instead, notice, ofTool, result, sent } from './faults/fault.js'
import type { Policy, Visit } from './types.js'
import type { ModernVariant } from './variants.js'

/** Changes how every response is written, below everything else. */
const written =
  (change: (res: ServerResponse) => void) =>
  (base: Policy): Partial<Policy> => ({
    intercept(visit: Visit) {
      change(visit.res)
      return base.intercept(visit)
    },
  })

const unknown = { error: { code: -32601, message: 'Method not found' } }

/** Legal but unusual ways of a server of 2026-07-28 to write, name and lay out things. */
export const oddModernVariants: ModernVariant[] = [
  {
    name: 'modern-headers-in-capitals',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'header names and media types are in other cases',
    change: written((res) => {
      const send = res.writeHead.bind(res)
      res.writeHead = ((status: number, given: Record<string, string> = {}) =>
        send(
          status,
          Object.fromEntries(
            Object.entries(given).map(([name, value]) => [
              name.toUpperCase(),
              name === 'content-type'
                ? value
                    .replace('application/json', 'Application/JSON ; Charset="UTF-8"')
                    .replace('event-stream', 'Event-Stream;charset=UTF-8')
                : value,
            ]),
          ),
        )) as typeof res.writeHead
    }),
  },
  {
    name: 'modern-odd-splits',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'bodies are written in pieces of seven bytes',
    change: written(inSevens),
  },
  {
    name: 'modern-late-first-byte',
    combos: ['modern/json/none', 'modern/mixed/none'],
    summary: 'every request waits 300 ms for its answer',
    change: (base) => ({
      async dispatch(turn) {
        await new Promise((resolve) => setTimeout(resolve, 300).unref())
        return base.dispatch(turn)
      },
    }),
  },
  {
    name: 'modern-meta-everywhere',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'results, what they list and notifications carry _meta with a trace',
    change: sent((message) => {
      const _meta = {
        'org.example.ledger/took': 3,
        traceId: 'a1',
        traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
        tracestate: 'ledger=t61rcWkgMzE,other@vendor=1',
        baggage: 'shop=blue,user=ada;role=owner',
      }
      const part = message.result ?? message.params
      if (isObject(part)) part._meta = { ..._meta, ...(part._meta as Json) }
      if (isObject(message.result)) {
        for (const list of Object.values(message.result)) {
          if (Array.isArray(list))
            for (const one of list) if (isObject(one)) one._meta = { ..._meta, ...(one._meta as Json) }
        }
      }
      return message
    }),
  },
  {
    name: 'modern-cursors-of-words',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'cursors are long and hold blanks and letters outside ASCII',
    change: both(
      result(undefined, (one) => {
        if (typeof one.nextCursor === 'string') one.nextCursor = ` page «é» ${'~'.repeat(1500)} ${one.nextCursor}`
      }),
      (base) => ({
        dispatch(turn) {
          const { cursor } = turn.params
          if (typeof cursor !== 'string') return base.dispatch(turn)
          const plain = cursor.startsWith(' page «é» ') ? cursor.split(' ').at(-1) : `x${cursor}`
          return base.dispatch({ ...turn, params: { ...turn.params, cursor: plain } })
        },
      }),
    ),
  },
  {
    name: 'modern-states-of-words',
    combos: ['modern/json/none', 'modern/sse/none', 'modern/json/apikey'],
    summary: 'requestState is long and holds blanks and letters outside ASCII, keys of questions hold signs',
    change: both(
      ofTool('book_table', (one) => {
        if (typeof one.requestState === 'string') one.requestState = `état 🌊 ${'"\\'.repeat(900)} ${one.requestState}`
        if (isObject(one.inputRequests)) {
          one.inputRequests = Object.fromEntries(
            Object.entries(one.inputRequests).map(([key, value]) => [`${key} #1/ö`, value]),
          )
        }
      }),
      (base) => ({
        dispatch(turn) {
          const { requestState, inputResponses } = turn.params
          if (!calls(turn, 'book_table')) return base.dispatch(turn)
          const params = { ...turn.params }
          if (typeof requestState === 'string')
            params.requestState = requestState.startsWith(`état 🌊 ${'"\\'.repeat(900)} `)
              ? requestState.split(' ').at(-1)
              : 'x'
          if (isObject(inputResponses))
            params.inputResponses = Object.fromEntries(
              Object.entries(inputResponses).map(([key, value]) => [key.replace(/ #1\/ö$/, ''), value]),
            )
          return base.dispatch({ ...turn, params })
        },
      }),
    ),
  },
  {
    name: 'modern-says-false',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'what is not honoured is acknowledged as false or as an empty list',
    change: notice('notifications/subscriptions/acknowledged', (params) => {
      params.notifications = {
        ...{
          toolsListChanged: false,
          promptsListChanged: false,
          resourcesListChanged: false,
          resourceSubscriptions: [],
        },
        ...(params.notifications as Json),
      }
    }),
  },
  {
    name: 'modern-one-tool',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'there is one tool and nothing else',
    change: both(
      (base) => ({ capabilities: () => ({ tools: {} }), safeTools: base.safeTools.slice(0, 1) }),
      both(
        instead((turn) => {
          if (/^(resources|prompts|completion)\//.test(turn.method)) return unknown
          if (turn.method === 'tools/call' && turn.params.name !== 'parrot')
            return { error: { code: -32602, message: 'Unknown tool' } }
          if (turn.method === 'tools/list' && turn.params.cursor !== undefined)
            return { error: { code: -32602, message: 'Invalid cursor' } }
          return undefined
        }),
        result('tools/list', (one) => {
          one.tools = (one.tools as Json[]).slice(0, 1)
          delete one.nextCursor
        }),
      ),
    ),
  },
  {
    name: 'modern-endpoint-with-query',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'the endpoint has a query and a slash at its end',
    change: () => ({ endpoint: '/api/mcp/', query: '?tenant=blue&v=2' }),
  },
  {
    name: 'modern-long-comments',
    combos: ['modern/sse/none', 'modern/mixed/none'],
    summary: 'comments of 20 KiB and retry fields stand between the events',
    change: (base) => ({
      outgoing(message, turn) {
        const { res } = turn?.visit ?? {}
        if (res?.headersSent && !res.writableEnded) res.write(`: ${'padding '.repeat(2500)}\n\nretry: 3000\n\n`)
        return base.outgoing(message, turn)
      },
    }),
  },
  {
    name: 'modern-gates-by-hint',
    combos: ['modern/json/none'],
    summary: 'unknown tools and missing resources come with HTTP 400, GET with a JSON body',
    change: (base) => ({
      errorStatus: (code, turn) =>
        code === -32602 && turn !== undefined && turn.method !== 'tools/list' ? 400 : base.errorStatus(code, turn),
      intercept: (visit) =>
        visit.req.method === 'GET' && visit.path === '/mcp'
          ? {
              status: 405,
              type: 'application/json',
              body: '{"jsonrpc":"2.0","error":{"code":-32600,"message":"POST only"}}',
              headers: { allow: 'POST' },
            }
          : base.intercept(visit),
    }),
  },
  {
    name: 'modern-escaped-json',
    combos: ['modern/json/none'],
    summary: 'JSON is indented and all but ASCII is escaped',
    change: (base) => ({
      encode(payload, turn) {
        if (turn !== undefined && base.streams(turn)) return base.encode(payload, turn)
        const json = JSON.stringify(payload, null, '\t')
        return `\n${json.replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}\r\n`
      },
    }),
  },
  {
    name: 'modern-many-challenges',
    combos: ['modern/sse/oauth', 'modern/json/apikey'],
    summary: 'the Bearer challenge is in small letters and follows one of Basic',
    change: (base) => ({
      challenge(verdict, visit) {
        const found = base.challenge(verdict, visit)
        return (
          found &&
          `Basic realm="old, door", ${found.replace(/^Bearer realm/, 'bearer realm').replace(/^Bearer (?!realm)/, 'bearer realm="ledger", ')}`
        )
      },
    }),
  },
]
