import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { headerOf } from '../headers.js'
import { KEY, SERVER_INFO } from '../meta.js'
import { both, failure, lenient, type ModernFault, must, sent } from './fault.js'
import { asked, capabilitiesOf, decoded, large } from './habits.js'

/** Faults of headers and versions that grow from shortcuts. */
export const headerHabitFaults: ModernFault[] = [
  must(
    'habit/name-escapes',
    'headers-name-mismatch-rejected',
    'J',
    'percent escapes in Mcp-Name are decoded before it is compared',
    (base) => ({
      decode: (value, visit) => {
        const plain = base.decode(value, visit)
        return plain === undefined ? undefined : decoded(plain)
      },
    }),
  ),
  must(
    'habit/encoded-name-uncompared',
    'headers-name-mismatch-rejected',
    'S',
    'a name in base64 is decoded and not compared',
    lenient('nameFault', (_found, { visit }) => {
      const sent = headerOf(visit, 'Mcp-Name')
      return sent !== undefined && /^=\?base64\?[\w+/]+=*\?=$/.test(sent)
    }),
  ),
  must(
    'habit/large-uncompared',
    'headers-name-mismatch-rejected',
    'J',
    'the name of a large request is not compared',
    lenient('nameFault', (_found, turn) => large(turn)),
  ),
  must(
    'habit/large-methods-uncompared',
    'headers-method-mismatch-rejected',
    'M',
    'the method of a large request is not compared',
    lenient('methodFault', (_found, turn) => large(turn)),
  ),
  must(
    'habit/encoded-params-uncompared',
    'headers-param-mismatch-rejected',
    'J',
    'a parameter in base64 is not compared',
    (base) => ({
      paramFault(turn, name, type, value) {
        const sent = headerOf(turn.visit, `Mcp-Param-${name}`)
        return sent?.startsWith('=?base64?') ? undefined : base.paramFault(turn, name, type, value)
      },
    }),
  ),
  must(
    'habit/first-param-only',
    'headers-param-mismatch-rejected',
    'M',
    'only the first parameter is compared',
    (base) => ({
      paramFault: (turn, name, type, value) =>
        name === 'Region' ? base.paramFault(turn, name, type, value) : undefined,
    }),
  ),
  must(
    'habit/optional-params-free',
    'headers-param-missing-rejected',
    'J',
    'parameters that are not required need no header',
    (base) => ({
      paramFault(turn, name, type, value) {
        const missing = headerOf(turn.visit, `Mcp-Param-${name}`) === undefined
        return missing && !['Region', 'Weight'].includes(name) ? undefined : base.paramFault(turn, name, type, value)
      },
    }),
  ),
  must(
    'habit/name-code-on-prompts',
    'headers-failure-code-32020',
    'J',
    'a missing Mcp-Name of a prompt is -32600',
    failure((error, turn) => {
      if (turn?.method === 'prompts/get' && error.code === -32020) error.code = -32600
    }),
  ),
  must(
    'habit/version-of-notes',
    'headers-failure-http-400',
    'J',
    'another version in the header is refused with 409',
    (base) => ({
      errorStatus: (code, turn) =>
        code === -32020 && turn !== undefined && headerOf(turn.visit, 'MCP-Protocol-Version') !== turn.meta[KEY.version]
          ? 409
          : base.errorStatus(code, turn),
    }),
  ),
  must(
    'habit/version-seen-once',
    'headers-version-required',
    'J',
    'a connection that sent its version need not send it again',
    (base) => {
      const seen = new WeakSet<object>()
      return {
        versionFault(turn) {
          const { socket } = turn.visit.req
          const found = base.versionFault(turn)
          if (found === undefined) seen.add(socket)
          return found !== undefined && seen.has(socket) && headerOf(turn.visit, 'MCP-Protocol-Version') === undefined
            ? undefined
            : found
        },
      }
    },
  ),
  must(
    'habit/integers-rounded',
    'headers-param-mismatch-rejected',
    'S',
    'an integer is compared after rounding',
    (base) => ({
      paramFault(turn, name, type, value) {
        const sent = headerOf(turn.visit, `Mcp-Param-${name}`)
        return type === 'integer' && sent !== undefined && Math.round(Number(sent)) === value
          ? undefined
          : base.paramFault(turn, name, type, value)
      },
    }),
  ),
  must(
    'habit/unsupported-by-header-only',
    'versioning-unsupported-error',
    'J',
    'an unknown version is a header mismatch',
    failure((error) => {
      if (error.code === -32022) Object.assign(error, { code: -32020, data: undefined })
    }),
  ),
  must(
    'habit/unsupported-lists-more',
    'versioning-unsupported-lists-supported',
    'J',
    'the error lists a version that is not served',
    failure((error) => {
      if (error.code === -32022 && isObject(error.data)) error.data.supported = ['2025-11-25', '2025-06-18']
    }),
  ),
  must(
    'habit/unsupported-requested-null',
    'versioning-unsupported-lists-supported',
    'S',
    'the error says null was requested',
    failure((error) => {
      if (error.code === -32022 && isObject(error.data)) error.data.requested = null
    }),
  ),
  must(
    'habit/no-params-internal',
    'versioning-meta-version-required',
    'M',
    'a request without params is -32603',
    failure((error, turn) => {
      if (turn !== undefined && error.code === -32602 && Object.keys(turn.params).length === 0) error.code = -32603
    }),
  ),
  must(
    'habit/info-without-title',
    'versioning-client-info-optional',
    'J',
    'resources/read demands clientInfo',
    (base) => ({
      metaFault(turn) {
        const missing = turn.method === 'resources/read' && turn.meta[KEY.client] === undefined
        return base.metaFault(turn) ?? (missing ? { code: -32602, message: 'clientInfo is needed' } : undefined)
      },
    }),
  ),
  must(
    'habit/initialize-left-over',
    'versioning-dual-era-initialize',
    'J',
    'initialize is answered and nothing of its revision is served',
    both(
      (base) => ({
        metaFault: (turn) => (turn.method === 'initialize' ? undefined : base.metaFault(turn)),
        versionFault: (turn) => (turn.method === 'initialize' ? undefined : base.versionFault(turn)),
        methodFault: (turn) => (turn.method === 'initialize' ? undefined : base.methodFault(turn)),
      }),
      sent((message, turn) =>
        turn?.method === 'initialize'
          ? {
              jsonrpc: '2.0',
              id: message.id,
              result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: SERVER_INFO },
            }
          : message,
      ),
    ),
  ),
  must(
    'habit/roots-with-params',
    'schema-roots-request',
    'J',
    'roots are asked for with params that are a list',
    asked((one, turn) => {
      if (isObject(capabilitiesOf(turn).roots))
        Object.assign(one.inputRequests as Json, { folders: { method: 'roots/list', params: [] } })
    }),
  ),
]
