import { mirroredValue } from './header-value.js'
import type { HeaderList } from './headers.js'
import { isObject } from './jsonrpc.js'

/** A parameter of a tool that is mirrored into a header: the name after `Mcp-Param-`, and where its value lies in the arguments. */
export interface MirroredParameter {
  name: string
  /** Names of the properties from the root of the arguments to the value. */
  path: string[]
  /** The schema of the property. */
  schema: Record<string, any>
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/**
 * The parameters of an inputSchema that a client must mirror: properties reached through `properties` alone that carry a usable
 * `x-mcp-header`. Annotations in any other place or form are left out. Spec: 2026-07-28/basic/transports/streamable-http#schema-extension.
 */
export function mirroredParameters(inputSchema: unknown, path: string[] = []): MirroredParameter[] {
  const properties = isObject(inputSchema) && isObject(inputSchema.properties) ? inputSchema.properties : {}
  return Object.entries(properties).flatMap(([key, schema]) => {
    if (!isObject(schema)) return []
    const here = [...path, key]
    const name: unknown = schema['x-mcp-header']
    const own = typeof name === 'string' && token.test(name) ? [{ name, path: here, schema }] : []
    return [...own, ...mirroredParameters(schema, here)]
  })
}

/** The value at a path of the arguments; undefined where there is none. */
export function valueAt(args: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    args,
  )
}

/** The Mcp-Param headers of a call: one for each mirrored parameter that has a value other than null. */
export function parameterHeaders(parameters: readonly MirroredParameter[], args: unknown): HeaderList {
  return parameters.flatMap(({ name, path }): HeaderList => {
    const value = valueAt(args, path)
    return ['string', 'number', 'boolean'].includes(typeof value)
      ? [[`mcp-param-${name}`, mirroredValue(String(value))]]
      : []
  })
}

/** What a client has learnt of the tools of a server from their list: which parameters of which tool are mirrored into headers. */
export class ToolHeaders {
  private readonly tools = new Map<string, MirroredParameter[]>()
  private listing?: Promise<void>

  /** Takes note of a page of tools/list; anything else is ignored. */
  learn(result: unknown): void {
    if (!isObject(result) || !Array.isArray(result.tools)) return
    for (const tool of result.tools)
      if (isObject(tool) && typeof tool.name === 'string')
        this.tools.set(tool.name, mirroredParameters(tool.inputSchema))
  }

  /** Lists the tools once, where a tool is not known yet. */
  async know(name: string, list: () => Promise<void>): Promise<void> {
    if (this.tools.has(name)) return
    this.listing ??= list()
    await this.listing
  }

  /** The headers that mirror arguments of a call. */
  of(name: string, args: unknown): HeaderList {
    return parameterHeaders(this.tools.get(name) ?? [], args)
  }
}
