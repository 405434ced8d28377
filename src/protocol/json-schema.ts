import vm from 'node:vm'
import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** JSON Schema dialects that can be judged. */
export type Dialect = '2020-12' | '2019-09' | 'draft-07'

/** Why arguments do not fit: something required is missing, of a wrong type, outside its bounds, or was never declared. */
export type BreachKind = 'missing' | 'type' | 'bounds' | 'undeclared'

/** Arguments that break a schema in exactly one place. */
export interface ArgumentBreach {
  kind: BreachKind
  /** What is wrong, in words that follow "a call with". */
  what: string
  arguments: Record<string, unknown>
}

type Schema = Record<string, any>

/** Schemas come from a server nobody vouches for: larger or deeper ones are not judged. */
const maxLength = 200_000
const maxDepth = 60

const metaSchemas: Record<Dialect, string> = {
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema',
}

/** The dialect a schema is written in: what $schema says, 2020-12 without it, undefined for one that is not known here. */
export function dialectOf(schema: unknown): Dialect | undefined {
  if (!isSchemaObject(schema) || schema.$schema === undefined) return '2020-12'
  const named = String(schema.$schema)
    .replace(/^https?:/, '')
    .replace(/#$/, '')
  return (Object.keys(metaSchemas) as Dialect[]).find((one) => metaSchemas[one].replace(/^https?:/, '') === named)
}

/** Where a schema departs from the meta-schema of its dialect, each as `path: what is wrong`; empty when it fits or cannot be judged. */
export function schemaProblems(schema: unknown): string[] {
  if (!isSchemaObject(schema))
    return typeof schema === 'boolean' ? [] : [`(root): must be a schema, not ${JSON.stringify(schema)}`]
  const dialect = dialectOf(schema)
  if (!dialect || !isBounded(schema)) return []
  const meta = engine(dialect).getSchema(metaSchemas[dialect])!
  return meta(schema) ? [] : inWords(meta.errors)
}

/** The local reference of a schema that leads nowhere, if there is one. */
export function danglingReference(schema: unknown): string | undefined {
  const compiled = compile(schema)
  const reference = compiled instanceof Error && 'missingRef' in compiled ? String(compiled.missingRef) : undefined
  return reference !== undefined && /^(#|$)/.test(reference.replace(/^gauntlet:\/?\/?/, '')) ? reference : undefined
}

/** Where a value departs from a schema; empty when it fits, undefined when the schema cannot be used. References are never fetched, formats not asserted. */
export function valueProblems(schema: unknown, value: unknown): string[] | undefined {
  const validate = compile(schema)
  if (validate instanceof Error) return undefined
  try {
    return validate(value) === true ? [] : inWords(validate.errors)
  } catch {
    return undefined
  }
}

/**
 * Variants of fitting arguments, each breaking the schema once in a way that no lenient reading excuses: a number written as text,
 * for one, is not among them. Empty when the given arguments do not fit to begin with, or the schema cannot be used.
 */
export function breachesOf(schema: unknown, given: Record<string, unknown>): ArgumentBreach[] {
  if (!isSchemaObject(schema) || valueProblems(schema, given)?.length !== 0) return []
  return [...candidates(schema, schema, given)].filter((one) => (valueProblems(schema, one.arguments)?.length ?? 0) > 0)
}

/** The given arguments with `text` in place of each free text among them, one at a time; only variants that still fit. */
export function withFreeText(
  schema: unknown,
  given: Record<string, unknown>,
  text: string,
): { argument: string; arguments: Record<string, unknown> }[] {
  if (!isSchemaObject(schema)) return []
  const names = Object.entries(propertiesOf(schema)).filter(([name, raw]) => {
    const declared = resolve(schema, raw)
    return (
      declared?.type === 'string' &&
      declared.format === undefined &&
      (name in given || requiredOf(schema).includes(name))
    )
  })
  return names
    .map(([name]) => ({ argument: name, arguments: { ...given, [name]: text } }))
    .filter((one) => valueProblems(schema, one.arguments)?.length === 0)
}

function* candidates(root: Schema, schema: Schema, given: Record<string, unknown>): Generator<ArgumentBreach> {
  for (const name of requiredOf(schema)) {
    const { [name]: _, ...rest } = given
    yield { kind: 'missing', what: `no "${name}"`, arguments: rest }
  }
  for (const [name, raw] of Object.entries(propertiesOf(schema))) {
    const declared = resolve(root, raw)
    if (!declared) continue
    const put = (value: unknown) => ({ what: `"${name}" = ${short(value)}`, arguments: { ...given, [name]: value } })
    for (const value of mistyped(declared, given[name])) yield { kind: 'type', ...put(value) }
    if (requiredOf(schema).includes(name)) yield { kind: 'type', ...put(null) }
    for (const value of outOfBounds(declared, given[name])) yield { kind: 'bounds', ...put(value) }
    if (schema === root && isSchemaObject(given[name])) {
      for (const inner of candidates(root, declared, given[name])) {
        yield { kind: inner.kind, what: `${inner.what} in "${name}"`, arguments: { ...given, [name]: inner.arguments } }
      }
    }
  }
  if (schema.additionalProperties === false) {
    yield {
      kind: 'undeclared',
      what: 'an argument that the schema rules out',
      arguments: { ...given, gauntletUndeclared: 'gauntlet' },
    }
  }
}

function mistyped(declared: Schema, given: unknown): unknown[] {
  const values: Record<string, unknown[]> = {
    string: [42, { gauntlet: true }, ['gauntlet']],
    number: ['gauntlet', { gauntlet: true }],
    integer: ['gauntlet', { gauntlet: true }, (typeof given === 'number' ? given : 1) + 0.5],
    boolean: ['gauntlet', 42],
    array: [
      'gauntlet',
      { gauntlet: true },
      ...(Array.isArray(given) && isSchemaObject(declared.items)
        ? mistyped(declared.items, given[0]).map((one) => [one])
        : []),
    ],
    object: ['gauntlet', ['gauntlet']],
  }
  const types = Array.isArray(declared.type) ? declared.type : [declared.type]
  return values[types.find((type) => type !== 'null')] ?? []
}

function outOfBounds(declared: Schema, given: unknown): unknown[] {
  const values: unknown[] = []
  const number = (key: string) => (typeof declared[key] === 'number' ? (declared[key] as number) : undefined)
  const add = (key: string, make: (limit: number) => unknown) => {
    const limit = number(key)
    if (limit !== undefined && Math.abs(limit) <= 1e9) values.push(make(limit))
  }
  if (Array.isArray(declared.enum) || 'const' in declared)
    values.push(declared.type === 'string' || declared.type === undefined ? 'gauntlet-none-of-these' : 987654.25)
  add('minimum', (limit) => limit - 1)
  add('exclusiveMinimum', (limit) => limit)
  add('maximum', (limit) => limit + 1)
  add('exclusiveMaximum', (limit) => limit)
  add('multipleOf', (limit) => (typeof given === 'number' ? given : 0) + limit / 2)
  if (declared.minLength > 0) add('minLength', (limit) => 'x'.repeat(Math.min(limit, 20_000) - 1))
  if (declared.maxLength <= 20_000) add('maxLength', (limit) => 'x'.repeat(limit + 1))
  if (typeof declared.pattern === 'string') values.push('!gauntlet!', '')
  const items = Array.isArray(given) ? given : []
  if (declared.minItems > 0) add('minItems', (limit) => items.slice(0, limit - 1))
  if (declared.maxItems <= 200 && items.length > 0)
    add('maxItems', (limit) => Array.from({ length: limit + 1 }, (_, i) => items[i % items.length]))
  return values
}

/** A property's schema with a local $ref followed and the null branch of a choice left out; undefined when there is nothing to derive from. */
function resolve(root: Schema, raw: unknown, depth = 0): Schema | undefined {
  if (!isSchemaObject(raw) || depth > 10) return undefined
  if (typeof raw.$ref === 'string') {
    if (!raw.$ref.startsWith('#/')) return undefined
    const steps = raw.$ref
      .slice(2)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    return resolve(
      root,
      steps.reduce<any>((node, step) => node?.[step], root),
      depth + 1,
    )
  }
  const choice = raw.anyOf ?? raw.oneOf
  if (!Array.isArray(choice)) return raw
  return resolve(
    root,
    choice.find((one) => isSchemaObject(one) && one.type !== 'null'),
    depth + 1,
  )
}

function propertiesOf(schema: Schema): Schema {
  return isSchemaObject(schema.properties) ? schema.properties : {}
}

function requiredOf(schema: Schema): string[] {
  return Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === 'string') : []
}

const options: Options = {
  strict: false,
  allErrors: false,
  validateSchema: false,
  validateFormats: false,
  addUsedSchema: false,
  logger: false,
  unicodeRegExp: false,
  code: { regExp: Object.assign((pattern: string) => boundedPattern(pattern), { code: 'new RegExp' }) as never },
}
const engines = new Map<Dialect, Ajv>()
const compiledSchemas = new WeakMap<object, ValidateFunction | Error>()

function engine(dialect: Dialect): Ajv {
  const made =
    engines.get(dialect) ??
    (dialect === '2020-12' ? new Ajv2020(options) : dialect === '2019-09' ? new Ajv2019(options) : new Ajv(options))
  if (!engines.has(dialect)) made.removeKeyword('id')
  engines.set(dialect, made)
  return made
}

function compile(schema: unknown): ValidateFunction | Error {
  if (!isSchemaObject(schema)) return new Error('not a schema object')
  const known = compiledSchemas.get(schema)
  if (known) return known
  const dialect = dialectOf(schema)
  let made: ValidateFunction | Error
  try {
    const { $schema: _, $id: __, $async: ___, ...plain } = schema
    made = dialect && isBounded(schema) ? engine(dialect).compile(plain) : new Error('not judged')
  } catch (error) {
    made = error as Error
  }
  compiledSchemas.set(schema, made)
  return made
}

const sandbox = vm.createContext(Object.create(null))

/** A regular expression from a stranger: one that takes longer than 50 ms, or is none in ECMAScript, matches everything. */
function boundedPattern(pattern: string): { test(text: string): boolean; toString(): string } {
  const script = new vm.Script('new RegExp(pattern, flags).test(text)')
  // A watch costs a thread each time; a single repetition has nothing to try out against another.
  const tame = (pattern.match(/[*+?{]/g) ?? []).length < 2
  const run = (flags: string, text: string): boolean => {
    if (tame && text.length < 1000) return new RegExp(pattern, flags).test(text)
    Object.assign(sandbox, { pattern, flags, text })
    return script.runInContext(sandbox, { timeout: 50 })
  }
  return {
    toString: () => `bounded ${pattern}`,
    test(text) {
      for (const flags of ['u', '']) {
        try {
          return run(flags, text)
        } catch (error) {
          if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return true
        }
      }
      return true
    },
  }
}

function isBounded(schema: Schema): boolean {
  const depth = (value: unknown, level: number): boolean =>
    level <= maxDepth &&
    (typeof value !== 'object' || value === null || Object.values(value).every((one) => depth(one, level + 1)))
  return depth(schema, 0) && JSON.stringify(schema).length <= maxLength
}

function inWords(errors: ErrorObject[] | null | undefined): string[] {
  const plain = (errors ?? []).map((error) => {
    const detail = error.params.additionalProperty ?? error.params.allowedValues ?? error.params.allowedValue
    return `${error.instancePath || '(root)'}: ${error.message}${detail === undefined ? '' : ` (${JSON.stringify(detail)})`}`
  })
  return [...new Set(plain)]
}

function short(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function isSchemaObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
