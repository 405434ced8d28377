import vm from 'node:vm'
import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** JSON Schema dialects that can be judged. */
export type Dialect = '2020-12' | '2019-09' | 'draft-07'

/** A schema that is an object. */
export type Schema = Record<string, any>

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

/** A pattern in a schema that is no regular expression of ECMAScript, as JSON Schema asks for, if there is one. */
export function unreadablePattern(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null || (isSchemaObject(schema) && !isBounded(schema))) return undefined
  const { pattern } = schema as Schema
  if (typeof pattern === 'string' && !isPattern(pattern)) return pattern
  const inside = Object.entries(schema).filter(([word]) => !['enum', 'const', 'default', 'examples'].includes(word))
  for (const [, value] of inside) {
    const found = unreadablePattern(value)
    if (found !== undefined) return found
  }
  return undefined
}

function isPattern(pattern: string): boolean {
  return ['u', ''].some((flags) => {
    try {
      return Boolean(new RegExp(pattern, flags))
    } catch {
      return false
    }
  })
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

/** True for a schema that is an object; true and false are schemas too. */
export function isSchemaObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
