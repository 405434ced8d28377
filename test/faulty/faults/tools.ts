import { isObject } from '../core/jsonrpc.js'
import type { Json, Policy, Turn } from '../core/types.js'
import { declare, type Fault, instead, must, nameOf, onItems, onTool, should } from './fault.js'

const isCall = (turn: Turn): boolean => turn.method === 'tools/call'
const without =
  (key: string) =>
  (base: Policy): Partial<Policy> =>
    declare(base, (capabilities) => Object.fromEntries(Object.entries(capabilities).filter(([name]) => name !== key)))

const schemaOf =
  (tool: string, key: string, change: (schema: Json) => unknown) =>
  (base: Policy): Partial<Policy> =>
    onItems(base, 'tools/list', 'tools', (item) => {
      if (item.name !== tool || item[key] === undefined) return
      const changed = change(item[key] as Json)
      if (changed === undefined) delete item[key]
      else item[key] = changed
    })

const structured =
  (change: (value: Json, result: Json) => unknown) =>
  (base: Policy): Partial<Policy> =>
    onTool(base, 'sum_pair', (result) => {
      if (isObject(result.structuredContent)) result.structuredContent = change(result.structuredContent, result)
    })

const rename =
  (from: string, to: string) =>
  (base: Policy): Partial<Policy> => ({
    ...onItems(base, 'tools/list', 'tools', (tool) => {
      if (tool.name === from) tool.name = to
    }),
    dispatch: (turn) =>
      base.dispatch(
        isCall(turn) && turn.params.name === to ? { ...turn, params: { ...turn.params, name: from } } : turn,
      ),
  })

const known = ['parrot', 'sum_pair', 'long_haul', 'fragile', 'gallery', 'jot', 'ledger.lookup']
const conforms = 'tools-structured-content-conforms'
const rootObject = 'tools-input-schema-root-object'

/** Faults of tools. */
export const toolFaults: Fault[] = [
  must('tools/undeclared', 'tools-capability-declared', 'LJ CH', 'tools are served but not declared', without('tools')),
  must(
    'tools/declared-not-served',
    'tools-list-answered-legacy',
    'FJ',
    'tools/list is unknown although declared',
    (base) =>
      instead(base, ({ method }) =>
        method === 'tools/list' ? { error: { code: -32601, message: 'not here' } } : undefined,
      ),
  ),
  must(
    'tools/list-fails-without-params',
    'tools-list-answered-legacy',
    'FS',
    'tools/list without a cursor fails',
    (base) =>
      instead(base, (turn) => {
        const bare = turn.method === 'tools/list' && Object.keys(turn.params).length === 0
        return bare ? { error: { code: -32603, message: 'cursor of undefined' } } : undefined
      }),
  ),
  should(
    'tools/name-spaces',
    'tools-name-charset',
    'FJ',
    'a tool name has a space',
    rename('ledger.lookup', 'ledger lookup'),
  ),
  should(
    'tools/name-slash',
    'tools-name-charset',
    'LS',
    'a tool name has a slash',
    rename('ledger.lookup', 'ledger/lookup'),
  ),
  should(
    'tools/name-long',
    'tools-name-length',
    'LJ',
    'a tool name has 140 characters',
    rename('ledger.lookup', 'lookup_'.repeat(20)),
  ),
  should('tools/name-twice', 'tools-name-unique', 'FS', 'two tools on different pages share a name', (base) =>
    onItems(base, 'tools/list', 'tools', (tool) => {
      if (tool.name === 'ledger.lookup') tool.name = 'parrot'
    }),
  ),
  should('tools/name-any-case', 'tools-name-case-sensitive', 'LJ', 'tool names are matched in any case', (base) => ({
    dispatch(turn) {
      const name = known.find((one) => one.toLowerCase() === nameOf(turn).toLowerCase())
      return base.dispatch(isCall(turn) && name ? { ...turn, params: { ...turn.params, name } } : turn)
    },
  })),
  must(
    'tools/schema-no-type',
    rootObject,
    'FJ CH',
    'an inputSchema has no type',
    schemaOf('gallery', 'inputSchema', () => ({ additionalProperties: false })),
  ),
  must(
    'tools/schema-missing',
    rootObject,
    'LJ',
    'a tool has no inputSchema',
    schemaOf('gallery', 'inputSchema', () => undefined),
  ),
  must(
    'tools/schema-null',
    'tools-input-schema-not-null',
    'LS',
    'an inputSchema is null',
    schemaOf('gallery', 'inputSchema', () => null),
  ),
  must('tools/schema-bad-type', 'tools-schema-valid-for-dialect', 'FS', 'a schema uses the type float', (base) =>
    schemaOf('sum_pair', 'inputSchema', (schema) => ({
      ...schema,
      properties: { left: { type: 'float' }, right: { type: 'number' } },
    }))(base),
  ),
  must(
    'tools/schema-required-flags',
    'tools-schema-valid-for-dialect',
    'LJ',
    'required is a flag on each property',
    (base) => schemaOf('ledger.lookup', 'inputSchema', (schema) => ({ ...schema, required: true }))(base),
  ),
  must('tools/output-schema-array', 'tools-output-schema-root-object', 'FJ', 'an outputSchema has type array', (base) =>
    schemaOf('sum_pair', 'outputSchema', () => ({ type: 'array', items: { type: 'object' } }))(base),
  ),
  must(
    'tools/structured-list',
    'tools-structured-content-object',
    'LS',
    'structuredContent is a list',
    structured((value) => [value]),
  ),
  must(
    'tools/structured-text',
    'tools-structured-content-object',
    'FJ',
    'structuredContent is a JSON string',
    structured((value) => JSON.stringify(value)),
  ),
  must(
    'tools/structured-lacks-field',
    conforms,
    'LJ',
    'structuredContent lacks a required field',
    structured(({ total }) => ({ total })),
  ),
  must(
    'tools/structured-wrong-type',
    conforms,
    'FS',
    'a number in structuredContent is a string',
    structured((value) => ({ ...value, total: String(value.total) })),
  ),
  must(
    'tools/structured-extra',
    conforms,
    'FJ',
    'structuredContent has a field the schema forbids',
    structured((value) => ({ ...value, cached: true })),
  ),
  must('tools/structured-absent', conforms, 'LS', 'structuredContent is missing', (base) =>
    onTool(base, 'sum_pair', (result) => delete result.structuredContent),
  ),
  should(
    'tools/structured-no-text',
    'tools-structured-content-text',
    'LJ',
    'the text is no JSON of the structured result',
    (base) =>
      onTool(base, 'sum_pair', (result) => {
        result.content = [{ type: 'text', text: 'see the structured content' }]
      }),
  ),
  should(
    'tools/embedded-without-resources',
    'tools-embedded-needs-resources',
    'LS',
    'resources are embedded but not implemented',
    (base) => ({
      ...without('resources')(base),
      ...instead(base, ({ method }) =>
        method.startsWith('resources/') ? { error: { code: -32601, message: 'no resources here' } } : undefined,
      ),
    }),
  ),
]
