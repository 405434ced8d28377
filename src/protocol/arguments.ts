import { isSchemaObject, type Schema, valueProblems } from './json-schema.js'

/** Why arguments do not fit: something required is missing, of a wrong type, outside its bounds, or was never declared. */
export type BreachKind = 'missing' | 'type' | 'bounds' | 'undeclared'

/** Arguments that break a schema in exactly one place. */
export interface ArgumentBreach {
  kind: BreachKind
  /** What is wrong, in words that follow "a call with". */
  what: string
  arguments: Record<string, unknown>
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

/** How arguments that name one thing are called, and a number so far out that hardly any thing has it. */
const idName = /^id$|_id$|[a-z]Id$|^(key|ref|sku)$/
const farNumber = 987650123

/**
 * The given arguments with another number in place of an id, or at the end of one that must fit a pattern: it names something that hardly
 * exists. Only variants that fit the schema.
 */
export function withFarId(
  schema: unknown,
  given: Record<string, unknown>,
): { argument: string; arguments: Record<string, unknown> }[] {
  if (!isSchemaObject(schema)) return []
  return Object.entries(propertiesOf(schema))
    .filter(([name]) => idName.test(name))
    .flatMap(([name, raw]) => {
      const value = given[name]
      const patterned = typeof value === 'string' && /\d$/.test(value) && resolve(schema, raw)?.pattern !== undefined
      const far = Number.isInteger(value) ? farNumber : patterned && value.replace(/\d+$/, String(farNumber))
      return far ? [{ argument: name, arguments: { ...given, [name]: far } }] : []
    })
    .filter((one) => valueProblems(schema, one.arguments)?.length === 0)
}

const divisor =
  /^(b|y|d|right|second|by|den(om(inator)?)?|divisor|modulus|divide_?by|(n|x|num(ber)?|value|operand|arg)_?(2|b|two))$/i
const division = /^(div(ide|ision)?|quotient|mod(ulo|ulus)?|[/÷%])$/i
const formula = /^(expr(ession)?|formula|equation|calculation)$/i

/**
 * The given arguments as a division by zero, where their names show that the tool may divide: a number named like a divisor, with the
 * operation that is one, and a formula. Only variants that fit the schema.
 */
export function dividingByZero(
  schema: unknown,
  given: Record<string, unknown>,
): { argument: string; arguments: Record<string, unknown> }[] {
  if (!isSchemaObject(schema)) return []
  const declared = Object.entries(propertiesOf(schema)).map(([name, raw]) => [name, resolve(schema, raw)] as const)
  const divides = declared.flatMap(([name, one]) => {
    const choice: unknown[] = Array.isArray(one?.enum) ? one.enum : []
    const found = choice.find((value) => typeof value === 'string' && division.test(value))
    return found === undefined ? [] : [[name, found]]
  })
  const zeros = declared.flatMap(([name, one]): { argument: string; value: unknown }[] => {
    if (one?.type === 'string') return formula.test(name) ? [{ argument: name, value: '1/0' }] : []
    return /^(number|integer)$/.test(one?.type) && divisor.test(name) ? [{ argument: name, value: 0 }] : []
  })
  return zeros
    .map(({ argument, value }) => ({
      argument,
      arguments: { ...given, ...Object.fromEntries(divides), [argument]: value },
    }))
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
    // An object that needs no member may be given empty: then its members can be broken too.
    const within = given[name] ?? (declared.type === 'object' && requiredOf(declared).length === 0 ? {} : undefined)
    if (schema === root && isSchemaObject(within)) {
      for (const inner of candidates(root, declared, within)) {
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

function short(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
