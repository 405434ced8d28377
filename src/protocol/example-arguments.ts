import { isSchemaObject, type Schema } from './json-schema.js'

/** How deep example values go: schemas may refer to themselves. */
const deepest = 5

/**
 * Arguments that a tool's input schema suggests, for people to complete: of what is required, its example, default or first choice, else something
 * of its type. They need not fit where patterns or conditions say more.
 */
export function exampleArguments(schema: unknown): Record<string, unknown> {
  const value = isSchemaObject(schema) ? exampleOf(schema, schema, 'arguments', 0) : {}
  return isSchemaObject(value) ? value : {}
}

function exampleOf(root: Schema, raw: unknown, name: string, depth: number): unknown {
  const schema = followed(root, raw)
  if (!schema || depth > deepest) return null
  if ('const' in schema) return schema.const
  const [given] = [...list(schema.examples), ...('default' in schema ? [schema.default] : []), ...list(schema.enum)]
  if (given !== undefined) return given
  const types = list(Array.isArray(schema.type) ? schema.type : [schema.type])
  const type = types.find((one) => one !== 'null')
  if (type === 'object' || isSchemaObject(schema.properties)) return objectOf(root, schema, depth)
  if (type === 'array') return schema.minItems > 0 ? [exampleOf(root, schema.items, name, depth + 1)] : []
  if (type === 'integer' || type === 'number') return schema.minimum ?? schema.maximum ?? 1
  if (type === 'boolean') return false
  return textOf(schema, name)
}

function objectOf(root: Schema, schema: Schema, depth: number): Record<string, unknown> {
  const properties = isSchemaObject(schema.properties) ? schema.properties : {}
  const names = list(schema.required).filter((name): name is string => typeof name === 'string')
  return Object.fromEntries(
    names.slice(0, 50).map((name) => [name, exampleOf(root, properties[name], name, depth + 1)]),
  )
}

function textOf({ format }: Schema, name: string): string {
  const formats: Record<string, string> = {
    date: '2026-01-31',
    'date-time': '2026-01-31T12:00:00Z',
    email: 'somebody@example.com',
    uri: 'https://example.com/',
  }
  return (typeof format === 'string' && formats[format]) || `<${name}>`
}

/** A schema with a local $ref followed, and the first choice that is not null. */
function followed(root: Schema, raw: unknown, depth = 0): Schema | undefined {
  if (!isSchemaObject(raw) || depth > deepest) return undefined
  if (typeof raw.$ref === 'string') {
    const steps = raw.$ref.replace(/^#\/?/, '').split('/').filter(Boolean)
    return followed(
      root,
      steps.reduce<any>((node, step) => node?.[step], root),
      depth + 1,
    )
  }
  const choice = list(raw.anyOf ?? raw.oneOf).find((one: any) => one?.type !== 'null')
  return choice === undefined ? raw : followed(root, choice, depth + 1)
}

function list(value: unknown): any[] {
  return Array.isArray(value) ? value : []
}
