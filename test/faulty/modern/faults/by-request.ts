import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { KEY, REVISION } from '../meta.js'
import { ALPHA, MINE } from '../resources.js'
import type { Turn } from '../types.js'
import { failure, instead, lenient, type ModernFault, must, result, sent, should, strict } from './fault.js'

const isText = (turn: Turn | undefined): boolean => typeof turn?.id === 'string'
const isLater = (turn: Turn): boolean => turn.params.cursor !== undefined
const listens = (turn: Turn | undefined): boolean => turn?.method === 'subscriptions/listen'

/** Faults of versions, results and errors that show for one method, one page or one form of request. */
export const byRequestFaults: ModernFault[] = [
  must(
    'by-request/any-version-for-reads',
    'versioning-unsupported-error',
    'J',
    'resources/read is served in any version',
    lenient('versionFault', (found, turn) => found.code === -32022 && turn.method === 'resources/read'),
  ),
  must(
    'by-request/any-version-for-listen',
    'versioning-unsupported-error',
    'M',
    'subscriptions are served in any version',
    lenient('versionFault', (found, turn) => found.code === -32022 && listens(turn)),
  ),
  must(
    'by-request/no-requested',
    'versioning-unsupported-lists-supported',
    'J',
    'the error does not say what was requested',
    failure((error) => {
      if (error.code === -32022) delete (error.data as Json).requested
    }),
  ),
  must(
    'by-request/supported-empty',
    'versioning-unsupported-lists-supported',
    'S',
    'the list of versions in the error is empty',
    failure((error) => {
      if (error.code === -32022) (error.data as Json).supported = []
    }),
  ),
  must(
    'by-request/supported-as-text',
    'versioning-unsupported-lists-supported',
    'M',
    'the versions in the error of prompts are one text',
    failure((error, turn) => {
      if (error.code === -32022 && turn?.method.startsWith('prompts/')) (error.data as Json).supported = REVISION
    }),
  ),
  must('by-request/unsupported-200-for-calls', 'versioning-unsupported-http-400', 'J', 'calls get 200', (base) => ({
    errorStatus: (code, turn) =>
      code === -32022 && turn?.method === 'tools/call' ? 200 : base.errorStatus(code, turn),
  })),
  must(
    'by-request/listen-without-meta-version',
    'versioning-meta-version-required',
    'J',
    'subscriptions need no version in _meta',
    (base) => ({
      ...lenient('metaFault', (found, turn) => found.message.includes('protocol version') && listens(turn))(base),
      versionFault: (turn) =>
        listens(turn) && turn.meta[KEY.version] === undefined ? undefined : base.versionFault(turn),
    }),
  ),
  must(
    'by-request/listen-without-capabilities',
    'versioning-meta-capabilities-required',
    'S J',
    'subscriptions need no client capabilities',
    lenient('metaFault', (found, turn) => found.message.includes('client capabilities') && listens(turn)),
  ),
  must(
    'by-request/text-ids-without-capabilities',
    'versioning-meta-capabilities-required',
    'J',
    'requests with a text for an id need no client capabilities',
    lenient('metaFault', (found, turn) => found.message.includes('client capabilities') && isText(turn)),
  ),
  must(
    'by-request/discover-without-capabilities',
    'versioning-meta-capabilities-required',
    'M',
    'server/discover needs no client capabilities',
    lenient(
      'metaFault',
      (found, turn) => found.message.includes('client capabilities') && turn.method === 'server/discover',
    ),
  ),
  must('by-request/reads-without-meta-200', 'versioning-meta-missing-http-400', 'J', 'reads get 200', (base) => ({
    errorStatus: (code, turn) =>
      code === -32602 && turn?.method === 'resources/read' ? 200 : base.errorStatus(code, turn),
  })),
  must(
    'by-request/reads-without-meta-code',
    'versioning-meta-version-required',
    'M',
    'a read without _meta is -32600',
    (base) => ({
      ...strict('metaFault', (found, turn) =>
        found && turn.method === 'resources/read' && turn.params._meta === undefined
          ? { ...found, code: -32600 }
          : found,
      )(base),
      errorStatus: (code, turn) => (code === -32600 && turn ? 400 : base.errorStatus(code, turn)),
    }),
  ),
  must(
    'by-request/client-info-for-discover',
    'versioning-client-info-optional',
    'S',
    'server/discover demands clientInfo',
    strict('metaFault', (found, turn) =>
      found === undefined && turn.method === 'server/discover' && turn.meta[KEY.client] === undefined
        ? { code: -32602, message: 'who are you' }
        : found,
    ),
  ),
  must(
    'by-request/capabilities-by-name',
    'versioning-capabilities-not-inferred',
    'J',
    'clients are known by name',
    (base) => {
      const able = new Map<string, Json>()
      return {
        dispatch(turn) {
          const name = JSON.stringify(turn.meta[KEY.client] ?? 'nobody')
          const own = turn.meta[KEY.capabilities] as Json
          if (Object.keys(own).length > 0) able.set(name, own)
          return base.dispatch({ ...turn, meta: { ...turn.meta, [KEY.capabilities]: able.get(name) ?? own } })
        },
      }
    },
  ),
  must(
    'by-request/first-client-of-all',
    'versioning-no-connection-context',
    'M',
    'a connection keeps its first client',
    (base) => {
      const known = new WeakMap<object, Json>()
      return {
        dispatch(turn) {
          const own = turn.meta[KEY.capabilities] as Json
          const first = known.get(turn.visit.req.socket) ?? own
          known.set(turn.visit.req.socket, first)
          return base.dispatch({ ...turn, meta: { ...turn.meta, [KEY.capabilities]: first } })
        },
      }
    },
  ),
  must(
    'by-request/no-type-on-later-pages',
    'jsonrpc-result-type-present',
    'J',
    'later pages of resources have no resultType',
    result('resources/list', (one, turn) => {
      if (isLater(turn)) delete one.resultType
    }),
  ),
  must(
    'by-request/no-type-for-text-ids',
    'jsonrpc-result-type-present',
    'S J',
    'answers to ids of text have no resultType',
    result(undefined, (one, turn) => {
      if (isText(turn)) delete one.resultType
    }),
  ),
  must(
    'by-request/no-type-on-failures',
    'jsonrpc-result-type-present',
    'M',
    'failed calls have no resultType',
    result('tools/call', (one) => {
      if (one.isError === true) delete one.resultType
    }),
  ),
  must(
    'by-request/no-type-at-the-end',
    'jsonrpc-result-type-present',
    'J',
    'a booked table has no resultType',
    result('tools/call', (one, turn) => {
      if (turn.params.requestState !== undefined && one.resultType === 'complete') delete one.resultType
    }),
  ),
  should(
    'by-request/nameless-questions',
    'jsonrpc-server-info-meta',
    'J',
    'questions do not name the server',
    result('tools/call', (one) => {
      if (one.resultType === 'input_required') delete one._meta
    }),
  ),
  should(
    'by-request/nameless-later-pages',
    'jsonrpc-server-info-meta',
    'M',
    'later pages of tools do not name the server',
    result('tools/list', (one, turn) => {
      if (isLater(turn)) delete one._meta
    }),
  ),
  must(
    'by-request/scope-of-the-second-page',
    'caching-scope-enum',
    'J',
    'the scope of the second page of prompts is "none"',
    result('prompts/list', (one, turn) => {
      if (isLater(turn)) one.cacheScope = 'none'
    }),
  ),
  must(
    'by-request/no-hints-on-instances',
    'caching-hints-present',
    'S',
    'what a template leads to has no hints',
    result('resources/read', (one, turn) => {
      if (/accounts|entries/.test(String(turn.params.uri))) delete one.ttlMs
    }),
  ),
  must(
    'by-request/ttl-as-text',
    'caching-ttl-integer',
    'M',
    'the picture lives for a text',
    result('resources/read', (one, turn) => {
      if (String(turn.params.uri).endsWith('.png')) one.ttlMs = '60000'
    }),
  ),
  must(
    'by-request/no-hints-for-text-ids',
    'caching-hints-present',
    'J',
    'lists have no hints where the id is text',
    result('prompts/list', (one, turn) => {
      if (isText(turn)) delete one.cacheScope
    }),
  ),
  must(
    'by-request/scope-flips',
    'caching-scope-same-across-pages',
    'M',
    'the last page of tools is private',
    result('tools/list', (one) => {
      if (one.nextCursor === undefined) one.cacheScope = 'private'
    }),
  ),
  must(
    'by-request/tools-by-user',
    'caching-public-not-user-specific',
    'JK',
    'the public list of tools names its reader',
    result('tools/list', (one, turn) => {
      for (const card of one.tools as Json[]) card.description = `${card.description}, ${turn.visit.subject}`
    }),
  ),
  must(
    'by-request/alpha-by-user',
    'caching-public-not-user-specific',
    'JK',
    'the second public resource is different for everybody',
    result('resources/read', (one, turn) => {
      if (turn.params.uri === ALPHA) (one.contents as Json[])[0] = { uri: ALPHA, text: `for ${turn.visit.subject}` }
      if (turn.params.uri === MINE) one.cacheScope = 'private'
    }),
  ),
  must('by-request/unknown-tools-method', 'transport-unknown-method-404', 'J', 'tools/unknown gets 200', (base) => ({
    errorStatus: (code, turn) =>
      code === -32601 && /^(tools|prompts)\//.test(turn?.method ?? '') ? 200 : base.errorStatus(code, turn),
  })),
  must('by-request/unknown-for-text-ids', 'transport-unknown-method-404', 'S', 'ids of text get 200', (base) => ({
    errorStatus: (code, turn) => (code === -32601 && isText(turn) ? 200 : base.errorStatus(code, turn)),
  })),
  must(
    'by-request/old-subscribe-served',
    'transport-unknown-method-404',
    'J',
    'resources/subscribe is answered with -32602',
    (base) => ({
      ...instead((turn) =>
        /^(resources\/subscribe|logging\/setLevel)$/.test(turn.method)
          ? { error: { code: -32602, message: 'this is gone' } }
          : undefined,
      )(base),
    }),
  ),
  must(
    'by-request/unknown-without-id',
    'jsonrpc-response-id-echo',
    'J',
    'the answer to an unknown method has no id',
    sent((message) => {
      if (isObject(message.error) && message.error.code === -32601) delete message.id
      return message
    }),
  ),
  must(
    'by-request/zero-id-lost',
    'jsonrpc-response-id-echo',
    'M',
    'the id 0 comes back as null',
    sent((message) => (message.id === 0 ? { ...message, id: null } : message)),
  ),
  must(
    'by-request/empty-id-lost',
    'jsonrpc-response-id-echo',
    'S',
    'an empty text comes back as 0',
    sent((message) => (message.id === '' ? { ...message, id: 0 } : message)),
  ),
  must(
    'by-request/id-folded',
    'jsonrpc-response-id-echo',
    'J',
    'ids of text come back in small letters',
    sent((message) => (typeof message.id === 'string' ? { ...message, id: message.id.toLowerCase() } : message)),
  ),
  must(
    'by-request/questions-with-error',
    'jsonrpc-result-xor-error',
    'J',
    'questions carry an error of null',
    sent((message) =>
      isObject(message.result) && message.result.resultType === 'input_required'
        ? { ...message, error: null }
        : message,
    ),
  ),
  must(
    'by-request/notices-unversioned',
    'jsonrpc-version-member',
    'S',
    'progress has no jsonrpc member',
    sent((message) => {
      if (message.method === 'notifications/progress') delete message.jsonrpc
      return message
    }),
  ),
  must(
    'by-request/acknowledged-unversioned',
    'jsonrpc-version-member',
    'J',
    'messages to listeners are of jsonrpc 1.0',
    sent((message, turn) => (listens(turn) ? { ...message, jsonrpc: '1.0' } : message)),
  ),
  must(
    'by-request/reserved-code-of-listen',
    'jsonrpc-no-undefined-reserved-code',
    'J',
    'a filter that is no object is -32033',
    failure((error, turn) => {
      if (listens(turn) && error.code === -32602) error.code = -32033
    }),
  ),
  should('by-request/cursor-once', 'pagination-stable-cursors', 'J', 'a cursor is good for one use', (base) => {
    const used = new Set<unknown>()
    return instead(({ params, method }) => {
      const key = `${method} ${params.cursor}`
      if (params.cursor === undefined) return void used.clear()
      if (used.has(key)) return { error: { code: -32602, message: 'this cursor was used' } }
      used.add(key)
      return undefined
    })(base)
  }),
  should(
    'by-request/cursor-code-of-prompts',
    'pagination-invalid-cursor-32602',
    'M',
    'an invalid cursor of prompts is -32603',
    failure((error, turn) => {
      if (turn?.method === 'prompts/list' && turn.params.cursor !== undefined) error.code = -32603
    }),
  ),
]
