import { paramFault } from '../headers.js'
import { failure, lenient, listing, type ModernFault, must, should, strict } from './fault.js'

const raw = (names: string[], wanted: string): boolean =>
  names.some((name, index) => index % 2 === 0 && name === wanted)
const missing = (found: { message: string }): boolean => found.message.includes('missing')
const differs = (found: { message: string }): boolean => found.message.includes('differs')

/** Faults of the standard headers. */
export const headerFaults: ModernFault[] = [
  must(
    'headers/version-optional-on-calls',
    'headers-version-required',
    'J S',
    'tools/call does without MCP-Protocol-Version',
    lenient('versionFault', (found, turn) => missing(found) && turn.method === 'tools/call'),
  ),
  must(
    'headers/version-optional',
    'headers-version-required',
    'S',
    'no request needs MCP-Protocol-Version',
    lenient('versionFault', missing),
  ),
  must(
    'headers/version-mismatch-passes',
    'headers-version-mismatch-rejected',
    'M',
    'the version in the header is not compared',
    lenient('versionFault', differs),
  ),
  must(
    'headers/method-optional',
    'headers-method-required',
    'M',
    'no request needs Mcp-Method',
    lenient('methodFault', missing),
  ),
  must(
    'headers/method-optional-on-reads',
    'headers-method-required',
    'J',
    'resources/read does without Mcp-Method',
    lenient('methodFault', (found, turn) => missing(found) && turn.method === 'resources/read'),
  ),
  must(
    'headers/method-uncompared',
    'headers-method-mismatch-rejected',
    'J',
    'Mcp-Method may name another method',
    lenient(
      'methodFault',
      (found, turn) => differs(found) && !/[A-Z]/.test(String(turn.visit.req.headers['mcp-method'])),
    ),
  ),
  must(
    'headers/name-optional-on-prompts',
    'headers-name-required',
    'S',
    'prompts/get does without Mcp-Name',
    lenient('nameFault', (found, turn) => missing(found) && turn.method === 'prompts/get'),
  ),
  must(
    'headers/name-optional-on-calls',
    'headers-name-required',
    'J',
    'tools/call does without Mcp-Name',
    lenient('nameFault', (found, turn) => missing(found) && turn.method === 'tools/call'),
  ),
  must(
    'headers/uri-uncompared',
    'headers-name-mismatch-rejected',
    'J',
    'resources/read takes any Mcp-Name',
    lenient('nameFault', (found, turn) => differs(found) && turn.method === 'resources/read'),
  ),
  must(
    'headers/name-uncompared',
    'headers-name-mismatch-rejected',
    'M',
    'tools/call takes any Mcp-Name',
    lenient('nameFault', (found, turn) => differs(found) && turn.method === 'tools/call'),
  ),
  must('headers/name-undecoded', 'headers-name-base64-decoded', 'M', 'Mcp-Name is compared as sent', (base) => ({
    nameFault(turn) {
      const sent = base.header(turn.visit, 'Mcp-Name')
      const decode = (value: string) =>
        value === sent && value.startsWith('=?') ? value : base.decode(value, turn.visit)
      const policy = { ...base, decode }
      return base.nameFault({ ...turn, visit: { ...turn.visit, world: { ...turn.visit.world, policy } } })
    },
  })),
  must(
    'headers/exact-case-names',
    'headers-names-case-insensitive',
    'J',
    'only Mcp-Method in two cases is known',
    (base) => ({
      header(visit, name) {
        const known = ['Mcp-Method', 'mcp-method'].some((one) => raw(visit.req.rawHeaders, one))
        return name === 'Mcp-Method' && !known ? undefined : base.header(visit, name)
      },
    }),
  ),
  must(
    'headers/any-case-values',
    'headers-values-case-sensitive',
    'S',
    'Mcp-Method is compared in lower case',
    lenient(
      'methodFault',
      (_found, { visit, method }) => String(visit.req.headers['mcp-method']).toLowerCase() === method.toLowerCase(),
    ),
  ),
  must(
    'headers/dirt-dropped',
    'headers-invalid-chars-rejected',
    'J',
    'bytes that are not ASCII are dropped',
    (base) => ({
      header: (visit, name) => base.header(visit, name)?.replace(/[^\t\x20-\x7e]/g, ''),
    }),
  ),
  must(
    'headers/bad-base64-skipped',
    'headers-malformed-base64-rejected',
    'S',
    'a name that cannot be decoded is not compared',
    lenient('nameFault', (found) => found.message.includes('malformed')),
  ),
  must('headers/refused-with-200', 'headers-failure-http-400', 'J', 'a wrong Mcp-Name is refused with 200', (base) => ({
    errorStatus: (code, turn) =>
      code === -32020 && turn !== undefined && base.nameFault(turn) !== undefined ? 200 : base.errorStatus(code, turn),
  })),
  must('headers/refused-with-422', 'headers-failure-http-400', 'M', 'headers are refused with 422', (base) => ({
    errorStatus: (code, turn) => (code === -32020 ? 422 : base.errorStatus(code, turn)),
  })),
  must('headers/method-code', 'headers-failure-code-32020', 'J', 'a wrong Mcp-Method is -32600', (base) => ({
    ...strict('methodFault', (found) => found && { ...found, code: -32600 })(base),
    errorStatus: (code, turn) => (code === -32600 ? 400 : base.errorStatus(code, turn)),
  })),
  must('headers/version-code', 'headers-failure-code-32020', 'S', 'a missing version header is -32602', (base) => ({
    ...strict('versionFault', (found) => (found && missing(found) ? { ...found, code: -32602 } : found))(base),
    errorStatus: (code, turn) =>
      code === -32602 && turn && base.versionFault(turn) ? 400 : base.errorStatus(code, turn),
  })),
  must(
    'headers/no-body',
    'headers-failure-code-32020',
    'M',
    'a wrong name is refused without a code',
    failure((error) => {
      if (String(error.message).includes('Mcp-Name')) error.code = -32000
    }),
  ),
]

const open =
  (extra: object): ((card: Record<string, unknown>) => void) =>
  (card) => {
    card.inputSchema = { type: 'object', properties: extra }
  }

/** Faults of parameters in headers. */
export const paramFaults: ModernFault[] = [
  must('headers/flag-uncompared', 'headers-param-mismatch-rejected', 'J', 'booleans are not compared', (base) => ({
    paramFault(turn, name, type, value) {
      const found = base.paramFault(turn, name, type, value)
      return found && type === 'boolean' && differs(found) ? undefined : found
    },
  })),
  must('headers/params-uncompared', 'headers-param-mismatch-rejected', 'S', 'parameters are not compared', (base) => ({
    paramFault(turn, name, type, value) {
      const found = base.paramFault(turn, name, type, value)
      return found && differs(found) ? undefined : found
    },
  })),
  must(
    'headers/nested-uncompared',
    'headers-param-mismatch-rejected',
    'M',
    'nested parameters are not looked at',
    (base) => ({
      paramFault: (turn, name, type, value) => (name === 'Hub' ? undefined : base.paramFault(turn, name, type, value)),
    }),
  ),
  must(
    'headers/param-optional',
    'headers-param-missing-rejected',
    'S',
    'Mcp-Param headers may be left out',
    (base) => ({
      paramFault(turn, name, type, value) {
        const found = base.paramFault(turn, name, type, value)
        return found && missing(found) ? undefined : found
      },
    }),
  ),
  must(
    'headers/null-expected',
    'headers-param-null-not-expected',
    'J',
    'null needs a header with the word null',
    (base) => ({
      paramFault: (turn, name, type, value) => base.paramFault(turn, name, type, value === null ? 'null' : value),
    }),
  ),
  must(
    'headers/absent-expected',
    'headers-param-absent-not-expected',
    'M',
    'the flag needs a header always',
    (base) => ({
      paramFault: (turn, name, type, value) =>
        base.paramFault(turn, name, type, name === 'Express' ? (value ?? false) : value),
    }),
  ),
  must('headers/param-undecoded', 'headers-param-base64-decoded', 'J', 'parameters are compared as sent', (base) => ({
    paramFault(turn, name, type, value) {
      const policy = { ...base, decode: (sent: string) => sent }
      return paramFault(
        { ...turn, visit: { ...turn.visit, world: { ...turn.visit.world, policy } } },
        name,
        type,
        value,
      )
    },
  })),
  must(
    'headers/param-raw-utf8',
    'headers-param-invalid-chars-rejected',
    'S',
    'raw UTF-8 in a parameter is taken',
    (base) => ({
      decode: (value, visit) =>
        /[^\t\x20-\x7e]/.test(value) ? Buffer.from(value, 'latin1').toString() : base.decode(value, visit),
      nameFault: (turn) =>
        /[^\t\x20-\x7e]/.test(base.header(turn.visit, 'Mcp-Name') ?? '')
          ? { code: -32020, message: 'bad Mcp-Name' }
          : base.nameFault(turn),
    }),
  ),
  should('headers/integers-as-text', 'headers-param-integer-numeric', 'J', 'integers are compared as text', (base) => ({
    paramFault: (turn, name, type, value) => base.paramFault(turn, name, type === 'integer' ? 'text' : type, value),
  })),
  must(
    'headers/xmcp-empty',
    'headers-xmcp-nonempty',
    'J',
    'an annotation is empty',
    listing('gallery', open({ hall: { type: 'string', 'x-mcp-header': '' } })),
  ),
  must(
    'headers/xmcp-space',
    'headers-xmcp-token',
    'S',
    'an annotation has a space',
    listing('gallery', open({ hall: { type: 'string', 'x-mcp-header': 'Main Hall' } })),
  ),
  must(
    'headers/xmcp-twice',
    'headers-xmcp-unique',
    'M',
    'two annotations differ in case only',
    listing(
      'gallery',
      open({
        hall: { type: 'string', 'x-mcp-header': 'Hall' },
        wing: { type: 'object', properties: { hall: { type: 'string', 'x-mcp-header': 'HALL' } } },
      }),
    ),
  ),
  must(
    'headers/xmcp-number',
    'headers-xmcp-primitive-only',
    'J',
    'a number is annotated',
    listing('gallery', open({ height: { type: 'number', 'x-mcp-header': 'Height' } })),
  ),
  must(
    'headers/xmcp-huge',
    'headers-xmcp-safe-integer',
    'S',
    'an annotated integer may leave the safe range',
    listing('gallery', open({ serial: { type: 'integer', maximum: 2 ** 60, 'x-mcp-header': 'Serial' } })),
  ),
  must(
    'headers/xmcp-in-items',
    'headers-xmcp-reachable',
    'M',
    'an annotation sits inside a list',
    listing('gallery', open({ halls: { type: 'array', items: { type: 'string', 'x-mcp-header': 'Hall' } } })),
  ),
  must(
    'headers/xmcp-in-any-of',
    'headers-xmcp-reachable',
    'J',
    'an annotation sits in an anyOf',
    listing('gallery', (card) => {
      card.inputSchema = {
        type: 'object',
        anyOf: [{ properties: { hall: { type: 'string', 'x-mcp-header': 'Hall' } } }, {}],
      }
    }),
  ),
  should(
    'headers/xmcp-password',
    'headers-xmcp-not-sensitive',
    'J',
    'a password is annotated',
    listing('gallery', open({ password: { type: 'string', 'x-mcp-header': 'Password' } })),
  ),
]
