import { Buffer } from 'node:buffer'
import { isObject } from '../../core/jsonrpc.js'
import { decodeValue, namedIn } from '../headers.js'
import type { Policy, Turn } from '../types.js'
import { failure, lenient, listing, type ModernFault, must, strict } from './fault.js'

const listens = (turn: Turn | undefined): boolean => turn?.method === 'subscriptions/listen'
const isText = (turn: Turn | undefined): boolean => typeof turn?.id === 'string'
const missing = (found: { message: string }): boolean => found.message.includes('missing')
const differs = (found: { message: string }): boolean => found.message.includes('differs')

/** Compares the name in a header with the one in the body in another way. */
const namedAlike =
  (alike: (sent: string, name: string, turn: Turn) => boolean) =>
  (base: Policy): Partial<Policy> =>
    lenient('nameFault', (found, turn) => {
      const sent = decodeValue(base.header(turn.visit, 'Mcp-Name') ?? '')
      return differs(found) && sent !== undefined && alike(sent, namedIn(turn) ?? '', turn)
    })(base)

/** Compares an argument with its header in another way. */
const alike =
  (same: (sent: string, value: unknown) => boolean) =>
  (base: Policy): Partial<Policy> => ({
    paramFault(turn, name, type, value) {
      const sent = decodeValue(base.header(turn.visit, `Mcp-Param-${name}`) ?? '')
      const found = base.paramFault(turn, name, type, value)
      return found && differs(found) && sent !== undefined && same(sent, value) ? undefined : found
    },
  })

/** Faults of headers that show for one method, one form of a value or one way to write it. */
export const byHeaderFaults: ModernFault[] = [
  must(
    'by-header/name-of-text-ids',
    'headers-name-mismatch-rejected',
    'J S',
    'Mcp-Name is not compared where the id is text',
    lenient('nameFault', (found, turn) => differs(found) && isText(turn)),
  ),
  must(
    'by-header/listen-without-method',
    'headers-method-required',
    'M J',
    'subscriptions/listen does without Mcp-Method',
    lenient('methodFault', (found, turn) => missing(found) && listens(turn)),
  ),
  must(
    'by-header/listen-by-any-method',
    'headers-method-mismatch-rejected',
    'J',
    'subscriptions/listen takes any Mcp-Method',
    lenient('methodFault', (found, turn) => differs(found) && listens(turn)),
  ),
  must(
    'by-header/listen-in-another-version',
    'headers-version-mismatch-rejected',
    'S J',
    'the version of a subscription is not compared',
    lenient('versionFault', (found, turn) => differs(found) && listens(turn)),
  ),
  must(
    'by-header/listen-without-version',
    'headers-version-required',
    'M',
    'subscriptions/listen does without MCP-Protocol-Version',
    lenient('versionFault', (found, turn) => missing(found) && listens(turn)),
  ),
  must(
    'by-header/discover-without-version',
    'headers-version-required',
    'J',
    'server/discover does without MCP-Protocol-Version',
    lenient('versionFault', (found, turn) => missing(found) && turn.method === 'server/discover'),
  ),
  must(
    'by-header/completion-in-another-version',
    'headers-version-mismatch-rejected',
    'J',
    'the version of completion/complete is not compared',
    lenient('versionFault', (found, turn) => differs(found) && turn.method === 'completion/complete'),
  ),
  must(
    'by-header/method-by-its-area',
    'headers-method-mismatch-rejected',
    'J',
    'Mcp-Method is compared up to the slash',
    lenient('methodFault', (_found, { visit, method }) =>
      String(visit.req.headers['mcp-method']).startsWith(method.split('/')[0] ?? ''),
    ),
  ),
  must(
    'by-header/first-of-two-names',
    'headers-name-mismatch-rejected',
    'J',
    'the first of two Mcp-Name headers counts',
    (base) => ({
      header(visit, name) {
        const value = base.header(visit, name)
        return name === 'Mcp-Name' ? value?.split(', ')[0] : value
      },
    }),
  ),
  must(
    'by-header/last-of-two-methods',
    'headers-method-mismatch-rejected',
    'M',
    'the last of two Mcp-Method headers counts',
    (base) => ({
      header(visit, name) {
        const value = base.header(visit, name)
        return name === 'Mcp-Method' ? value?.split(', ').at(-1) : value
      },
    }),
  ),
  must(
    'by-header/uri-scheme-of-any-case',
    'headers-values-case-sensitive',
    'J',
    'the scheme of a URI is compared without case',
    namedAlike(
      (sent, name) => sent.toLowerCase().split(':')[0] === name.split(':')[0] && sent.slice(6) === name.slice(6),
    ),
  ),
  must(
    'by-header/uri-with-slash',
    'headers-name-mismatch-rejected',
    'S',
    'a slash at the end of a URI is not compared',
    namedAlike((sent, name, turn) => turn.method === 'resources/read' && sent === `${name}/`),
  ),
  must(
    'by-header/prompts-of-any-case',
    'headers-values-case-sensitive',
    'M',
    'names of prompts are compared without case',
    namedAlike((sent, name, turn) => turn.method === 'prompts/get' && sent.toLowerCase() === name.toLowerCase()),
  ),
  must(
    'by-header/prompt-bytes',
    'headers-invalid-chars-rejected',
    'J',
    'bytes beyond ASCII in the name of a prompt are dropped',
    (base) => ({
      header(visit, name) {
        const value = base.header(visit, name)
        return visit.req.headers['mcp-method'] === 'prompts/get' ? value?.replace(/[^\t\x20-\x7e]/g, '') : value
      },
    }),
  ),
  must(
    'by-header/param-empty',
    'headers-param-mismatch-rejected',
    'J',
    'an empty Mcp-Param header is not compared',
    alike((sent) => sent === ''),
  ),
  must(
    'by-header/param-begins-alike',
    'headers-param-mismatch-rejected',
    'S',
    'an Mcp-Param header may be cut short',
    alike((sent, value) => sent !== '' && String(value).startsWith(sent)),
  ),
  must(
    'by-header/flags-of-any-case',
    'headers-values-case-sensitive',
    'M',
    'flags in headers are compared without case',
    alike((sent, value) => typeof value === 'boolean' && sent.toLowerCase() === String(value)),
  ),
  must(
    'by-header/flags-as-numbers',
    'headers-param-mismatch-rejected',
    'J',
    'a flag may be written as 1 or 0',
    alike((sent, value) => typeof value === 'boolean' && sent === String(Number(value))),
  ),
  must(
    'by-header/numbers-cut',
    'headers-param-mismatch-rejected',
    'J',
    'what follows the digits of a number is not compared',
    alike((sent, value) => typeof value === 'number' && Number.parseInt(sent, 10) === value),
  ),
  must(
    'by-header/params-of-text-ids',
    'headers-param-missing-rejected',
    'J S',
    'parameters need no header where the id is text',
    (base) => ({
      paramFault(turn, name, type, value) {
        const found = base.paramFault(turn, name, type, value)
        return found && missing(found) && isText(turn) ? undefined : found
      },
    }),
  ),
  must(
    'by-header/params-of-one-case',
    'headers-names-case-insensitive',
    'J',
    'Mcp-Param headers are known in two cases only',
    (base) => ({
      header(visit, name) {
        const known = visit.req.rawHeaders.some(
          (one, index) => index % 2 === 0 && [name, name.toLowerCase()].includes(one),
        )
        return name.startsWith('Mcp-Param-') && !known ? undefined : base.header(visit, name)
      },
    }),
  ),
  must('by-header/param-as-200', 'headers-failure-http-400', 'J', 'a wrong parameter is refused with 200', (base) => ({
    errorStatus: (code, turn) =>
      code === -32020 &&
      turn !== undefined &&
      !base.methodFault(turn) &&
      !base.nameFault(turn) &&
      !base.versionFault(turn)
        ? 200
        : base.errorStatus(code, turn),
  })),
  must(
    'by-header/listen-as-200',
    'headers-failure-http-400',
    'M',
    'a wrong header of a subscription is 200',
    (base) => ({
      errorStatus: (code, turn) => (code === -32020 && listens(turn) ? 200 : base.errorStatus(code, turn)),
    }),
  ),
  must('by-header/param-code', 'headers-failure-code-32020', 'S', 'a wrong parameter is -32602', (base) => ({
    paramFault(turn, name, type, value) {
      const found = base.paramFault(turn, name, type, value)
      return found && { ...found, code: -32602 }
    },
    errorStatus: (code, turn) =>
      code === -32602 && turn?.params.name === 'dispatch_parcel' ? 400 : base.errorStatus(code, turn),
  })),
  must('by-header/read-code', 'headers-failure-code-32020', 'J', 'another URI in the header is -32602', (base) => ({
    ...strict('nameFault', (found, turn) =>
      found && turn.method === 'resources/read' && differs(found) ? { ...found, code: -32602 } : found,
    )(base),
    errorStatus: (code, turn) => (code === -32602 && turn && base.nameFault(turn) ? 400 : base.errorStatus(code, turn)),
  })),
  must(
    'by-header/mismatch-without-id',
    'jsonrpc-response-id-echo',
    'J',
    'refused headers are answered with the id null',
    failure((error, _turn, message) => {
      if (error.code === -32020) message.id = null
    }),
  ),
  must(
    'by-header/xmcp-in-defs',
    'headers-xmcp-reachable',
    'J',
    'an annotation sits in a definition',
    listing('gallery', (card) => {
      card.inputSchema = {
        type: 'object',
        properties: { hall: { $ref: '#/$defs/hall' } },
        $defs: { hall: { type: 'string', 'x-mcp-header': 'Hall' } },
      }
    }),
  ),
  must(
    'by-header/xmcp-line-end',
    'headers-xmcp-token',
    'M',
    'an annotation ends in a line end',
    listing('gallery', (card) => {
      card.inputSchema = { type: 'object', properties: { hall: { type: 'string', 'x-mcp-header': 'Hall\n' } } }
    }),
  ),
  must(
    'by-header/xmcp-object',
    'headers-xmcp-primitive-only',
    'J',
    'an object is annotated',
    listing('dispatch_parcel', (card) => {
      const { route } = (card.inputSchema as { properties: Record<string, Record<string, unknown>> }).properties
      if (isObject(route)) route['x-mcp-header'] = 'Route'
    }),
  ),
  must(
    'by-header/name-in-utf16',
    'headers-name-base64-decoded',
    'J',
    'a name in base64 is read as Latin-1',
    (base) => ({
      nameFault(turn) {
        const sent = base.header(turn.visit, 'Mcp-Name') ?? ''
        const packed = /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/.exec(sent)?.[1]
        if (packed === undefined) return base.nameFault(turn)
        const name = Buffer.from(packed, 'base64').toString('latin1')
        return name === namedIn(turn) ? undefined : { code: -32020, message: 'Mcp-Name differs from the body' }
      },
    }),
  ),
]
