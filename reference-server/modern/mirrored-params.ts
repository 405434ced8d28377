import type { ObjectSchema } from '../weather/tool.js'

/** A parameter that a header repeats. */
export interface MirroredParam {
  /** The header's name, `Mcp-Param-…`. */
  header: string
  /** Where its value stands in the arguments. */
  path: string[]
  isNumber: boolean
}

type Properties = Record<string, { type?: unknown; properties?: Properties; 'x-mcp-header'?: unknown }>

const found = new WeakMap<object, MirroredParam[]>()

function walk(properties: Properties, above: string[]): MirroredParam[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const path = [...above, key]
    const name = schema['x-mcp-header']
    const own =
      typeof name === 'string' ? [{ header: `Mcp-Param-${name}`, path, isNumber: schema.type === 'integer' }] : []
    return [...own, ...walk(schema.properties ?? {}, path)]
  })
}

/** The parameters of a tool that carry `x-mcp-header`, at any depth of `properties`. */
export function mirroredParams(schema: ObjectSchema): MirroredParam[] {
  const known = found.get(schema)
  if (known) return known
  const params = walk(schema.properties as Properties, [])
  found.set(schema, params)
  return params
}
