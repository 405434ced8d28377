import { readCursor } from '../../content/pages.js'
import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { KEY, SERVER_INFO } from '../meta.js'
import type { Turn } from '../types.js'
import {
  both,
  calls,
  failure,
  instead,
  lenient,
  type ModernFault,
  must,
  result,
  seenAs,
  should,
  strict,
} from './fault.js'

const unsupported = (code: unknown): boolean => code === -32022
const noVersion = ({ meta }: Turn): boolean => meta[KEY.version] === undefined
const noCapabilities = ({ meta }: Turn): boolean => meta[KEY.capabilities] === undefined
const ready = { resultType: 'complete', _meta: { [KEY.server]: SERVER_INFO } }

/** Faults of versions, per-request fields, discovery and statelessness. */
export const versioningFaults: ModernFault[] = [
  must('versioning/unsupported-code', 'versioning-unsupported-error', 'J', 'an unknown version is -32602', (base) => ({
    ...strict('versionFault', (found) => (found?.code === -32022 ? { ...found, code: -32602 } : found))(base),
    errorStatus: (code, turn) => (turn && base.versionFault(turn) ? 400 : base.errorStatus(code, turn)),
  })),
  must(
    'versioning/future-served',
    'versioning-unsupported-error',
    'S',
    'any later version is served',
    lenient('versionFault', (found, { meta }) => found.code === -32022 && String(meta[KEY.version]) > '2026-07-28'),
  ),
  must(
    'versioning/older-served',
    'versioning-unsupported-error',
    'M',
    'calls of older versions are served',
    lenient(
      'versionFault',
      (found, { meta, method }) =>
        found.code === -32022 && String(meta[KEY.version]) < '2026' && method !== 'server/discover',
    ),
  ),
  must(
    'versioning/unsupported-mute',
    'versioning-unsupported-lists-supported',
    'M',
    'the error lists no versions',
    failure((error) => {
      if (unsupported(error.code)) error.data = { requested: (error.data as Json).requested }
    }),
  ),
  must(
    'versioning/unsupported-200',
    'versioning-unsupported-http-400',
    'S',
    'an unknown version is refused with 200',
    (base) => ({
      errorStatus: (code, turn) => (unsupported(code) ? 200 : base.errorStatus(code, turn)),
    }),
  ),
  must(
    'versioning/meta-version-optional',
    'versioning-meta-version-required',
    'J',
    'the header alone names the version',
    both(
      lenient('metaFault', (_found, turn) => noVersion(turn)),
      lenient('versionFault', (found, turn) => noVersion(turn) && found.message.includes('differs')),
    ),
  ),
  must(
    'versioning/capabilities-optional-on-calls',
    'versioning-meta-capabilities-required',
    'S',
    'tools/call does without client capabilities',
    lenient('metaFault', (_found, turn) => noCapabilities(turn) && turn.method === 'tools/call'),
  ),
  must(
    'versioning/capabilities-optional',
    'versioning-meta-capabilities-required',
    'J',
    'client capabilities may be missing',
    lenient('metaFault', (_found, turn) => noCapabilities(turn)),
  ),
  must(
    'versioning/meta-missing-200',
    'versioning-meta-missing-http-400',
    'M',
    'missing capabilities are refused with 200',
    (base) => ({
      errorStatus: (code, turn) =>
        turn && code === -32602 && noCapabilities(turn) ? 200 : base.errorStatus(code, turn),
    }),
  ),
  must(
    'versioning/meta-missing-code',
    'versioning-meta-capabilities-required',
    'M',
    'missing capabilities are -32600',
    strict('metaFault', (found, turn) => (found && noCapabilities(turn) ? { ...found, code: -32600 } : found)),
  ),
  must(
    'versioning/client-info-needed',
    'versioning-client-info-optional',
    'J',
    'clientInfo is demanded of callers of tools',
    strict(
      'metaFault',
      (found, turn) =>
        found ??
        (turn.method === 'tools/call' && turn.meta[KEY.client] === undefined
          ? { code: -32602, message: 'clientInfo is missing' }
          : undefined),
    ),
  ),
  must(
    'versioning/missing-capability-as-result',
    'versioning-missing-capability-error',
    'S',
    'a question that cannot be asked is a failed call',
    (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        const lacks = 'error' in reply && reply.error.code === -32021
        return lacks ? { result: { ...ready, content: [{ type: 'text', text: 'cannot ask' }], isError: true } } : reply
      },
    }),
  ),
  must(
    'versioning/missing-capability-mute',
    'versioning-missing-capability-data',
    'J',
    'the error names no capabilities',
    failure((error) => {
      if (error.code === -32021) delete error.data
    }),
  ),
  must(
    'versioning/missing-capability-list',
    'versioning-missing-capability-data',
    'M',
    'missing capabilities come as a list of names',
    failure((error) => {
      if (error.code === -32021) error.data = { requiredCapabilities: ['elicitation'] }
    }),
  ),
  must(
    'versioning/missing-capability-200',
    'versioning-missing-capability-http-400',
    'M',
    'a missing capability is refused with 200',
    (base) => ({
      errorStatus: (code, turn) => (code === -32021 ? 200 : base.errorStatus(code, turn)),
    }),
  ),
  must(
    'versioning/capabilities-remembered',
    'versioning-capabilities-not-inferred',
    'J',
    'capabilities of earlier requests count',
    (base) => {
      const known = new Map<string, Json>()
      return {
        dispatch(turn) {
          const client = turn.meta[KEY.client]
          const key = isObject(client) ? String(client.name) : ''
          const all = { ...known.get(key), ...(turn.meta[KEY.capabilities] as Json) }
          known.set(key, all)
          return base.dispatch({ ...turn, meta: { ...turn.meta, [KEY.capabilities]: all } })
        },
      }
    },
  ),
  must(
    'versioning/discover-first',
    'versioning-no-connection-context',
    'S',
    'a connection has to begin with server/discover',
    (base) => {
      const greeted = new WeakSet<object>()
      return {
        methodFault(turn) {
          const { socket } = turn.visit.req
          if (turn.method === 'server/discover') greeted.add(socket)
          const stranger = !greeted.has(socket)
          return (
            base.methodFault(turn) ?? (stranger ? { code: -32600, message: 'server/discover comes first' } : undefined)
          )
        },
      }
    },
  ),
  must(
    'versioning/level-remembered',
    'logging-silent-without-level',
    'S',
    'a log level holds for the connection',
    (base) => {
      const levels = new WeakMap<object, unknown>()
      return {
        dispatch(turn) {
          const { socket } = turn.visit.req
          const level = turn.meta[KEY.level] ?? levels.get(socket)
          levels.set(socket, level)
          return base.dispatch({
            ...turn,
            meta: { ...turn.meta, ...(level === undefined ? {} : { [KEY.level]: level }) },
          })
        },
      }
    },
  ),
  should(
    'versioning/cursor-of-connection',
    'versioning-no-connection-affinity',
    'J',
    'a cursor is good on its own connection only',
    (base) => {
      const issued = new WeakSet<object>()
      return {
        async dispatch(turn) {
          const { socket } = turn.visit.req
          if (turn.params.cursor !== undefined && !issued.has(socket)) {
            return { error: { code: -32602, message: 'this cursor belongs to another connection' } }
          }
          const reply = await base.dispatch(turn)
          if ('result' in reply && reply.result.nextCursor !== undefined) issued.add(socket)
          return reply
        },
      }
    },
  ),
  should(
    'versioning/one-at-a-time',
    'versioning-interleaved-contexts',
    'J',
    'a call is refused while another runs',
    (base) => {
      let busy = false
      return {
        async dispatch(turn) {
          if (turn.method !== 'tools/call') return base.dispatch(turn)
          if (busy) return { error: { code: -32603, message: 'busy with another call' } }
          busy = true
          try {
            return await base.dispatch(turn)
          } finally {
            busy = false
          }
        },
      }
    },
  ),
  should(
    'versioning/initialize-mute',
    'versioning-initialize-error-names-versions',
    'J',
    'the error to initialize names no versions',
    failure((error, turn) => {
      if (turn?.method !== 'initialize') return
      error.message = 'Invalid params'
      delete error.data
    }),
  ),
  must('versioning/extension-bare', 'versioning-extension-id-format', 'J', 'an extension has no prefix', (base) => ({
    capabilities: (world) => ({ ...base.capabilities(world), extensions: { rank: {} } }),
  })),
  must(
    'discover/absent',
    'discover-implemented',
    'J',
    'server/discover is unknown',
    instead(({ method }) =>
      method === 'server/discover' ? { error: { code: -32601, message: 'Method not found' } } : undefined,
    ),
  ),
  must(
    'discover/boasts',
    'discover-versions-truthful',
    'S',
    'a version is listed that is not served',
    result('server/discover', (one) => {
      one.supportedVersions = ['2026-07-28', '2025-11-25']
    }),
  ),
  must(
    'discover/versions-as-text',
    'schema-discover-result',
    'M',
    'supportedVersions is one text',
    result('server/discover', (one) => {
      one.supportedVersions = '2026-07-28'
    }),
  ),
  must('discover/flags-as-text', 'schema-server-capabilities', 'J', 'listChanged is a text', (base) => ({
    capabilities: (world) => ({ ...base.capabilities(world), tools: { listChanged: 'yes' } }),
  })),
  must(
    'pagination/never-ends',
    'pagination-terminates',
    'S',
    'the last page of prompts leads to the first',
    result('prompts/list', (one, turn) => {
      one.nextCursor ??= turn.params.cursor
    }),
  ),
  should(
    'pagination/bad-cursor-is-first-page',
    'pagination-invalid-cursor-32602',
    'J',
    'an invalid cursor gives the first page of resources',
    seenAs((turn) => {
      if (turn.method !== 'resources/list' || turn.params.cursor === undefined) return {}
      try {
        readCursor('resources', turn.params.cursor)
        return {}
      } catch {
        return { params: {} }
      }
    }),
  ),
  should(
    'security/client-name-decides',
    'security-client-info-not-trusted',
    'J',
    'callers without a name see fewer tools',
    result('tools/list', (one, turn) => {
      if (turn.meta[KEY.client] === undefined) one.tools = (one.tools as Json[]).slice(1)
    }),
  ),
  must(
    'versioning/asks-anyway',
    'mrtr-no-undeclared-input-requests',
    'J M',
    'questions are asked of clients that take none',
    seenAs((turn) =>
      calls(turn, 'book_table') ? { meta: { ...turn.meta, [KEY.capabilities]: { elicitation: {} } } } : {},
    ),
  ),
]
