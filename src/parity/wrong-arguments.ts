import type { NamedTool } from '../conformance/given.js'
import { isObject } from '../wire/jsonrpc.js'

/** Arguments with one thing wrong, and what that is. */
export interface WrongArguments {
  label: string
  arguments: Record<string, unknown>
}

/** The most ways of being wrong that one tool is tried with. */
const most = 12

/** One argument left out that the schema requires, or one of another type: each of a named tool's own arguments in turn. */
export function wrongArguments(tool: NamedTool, inputSchema: unknown): WrongArguments[] {
  const schema = isObject(inputSchema) ? inputSchema : {}
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : []
  const properties = isObject(schema.properties) ? schema.properties : {}
  const missing = required
    .filter((name): name is string => typeof name === 'string' && name in tool.arguments)
    .map((name) => {
      const { [name]: _, ...rest } = tool.arguments
      return { label: `${tool.name} without ${name}`, arguments: rest }
    })
  const mistyped = Object.keys(tool.arguments)
    .filter((name) => isObject(properties[name]))
    .map((name) => ({
      label: `${tool.name} with ${name} of another type`,
      arguments: { ...tool.arguments, [name]: otherType(tool.arguments[name]) },
    }))
  return [...missing, ...mistyped].slice(0, most)
}

function otherType(value: unknown): unknown {
  return typeof value === 'string' ? 42 : 'not of this type'
}
