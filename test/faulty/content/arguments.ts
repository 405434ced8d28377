import { isObject } from '../core/jsonrpc.js'
import type { Json } from '../core/types.js'

function wrongType(type: unknown, value: unknown): boolean {
  if (type === 'integer') return !Number.isInteger(value)
  if (type === 'object') return !isObject(value)
  return typeof value !== type
}

function complaint(name: string, rule: Json, value: unknown): string | undefined {
  if (wrongType(rule.type, value)) return `${name} should be of type ${String(rule.type)}`
  if (typeof value === 'string' && value.length > Number(rule.maxLength ?? Infinity)) return `${name} is too long`
  if (typeof value === 'number' && value < Number(rule.minimum ?? -Infinity)) return `${name} is too small`
  if (typeof value === 'number' && value > Number(rule.maximum ?? Infinity)) return `${name} is too large`
  if (Array.isArray(rule.enum) && !rule.enum.includes(value)) return `${name} is none of the allowed values`
  return undefined
}

/** Checks arguments against the small subset of JSON Schema the tools use; undefined means fine. */
export function findComplaint(schema: Json, given: Json): string | undefined {
  const rules = isObject(schema.properties) ? schema.properties : {}
  for (const name of Array.isArray(schema.required) ? schema.required : []) {
    if (!Object.hasOwn(given, String(name))) return `${String(name)} is required`
  }
  for (const [name, value] of Object.entries(given)) {
    const rule = rules[name]
    if (!Object.hasOwn(rules, name) || !isObject(rule)) return `${name} is not a parameter of this tool`
    const found = complaint(name, rule, value)
    if (found !== undefined) return found
  }
  return undefined
}
