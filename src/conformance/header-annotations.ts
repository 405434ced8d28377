import { isObject } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { notApplicable } from './expect.js'
import { type Fault, onResult } from './fault.js'

/** A place in the inputSchema of a listed tool that carries `x-mcp-header`. */
export interface HeaderAnnotation {
  tool: string
  /** Keywords and names that lead to the place, as `properties.region`; empty for the root. */
  path: string
  /** The annotation itself, whatever it is. */
  value: unknown
  /** The schema that carries it. */
  schema: Record<string, any>
  /** True for a property that `properties` alone lead to from the root. */
  reachable: boolean
}

/** Keywords whose value is one schema or a list of them, and those whose value holds schemas by name. */
const inPlace =
  /^(items|prefixItems|additionalItems|contains|unevaluatedItems|additionalProperties|unevaluatedProperties|propertyNames|allOf|anyOf|oneOf|not|if|then|else)$/
const byName = /^(properties|patternProperties|dependentSchemas|dependencies|\$defs|definitions)$/

/** Every annotation of every listed tool; ends the check where there is none. */
export async function headerAnnotations(client: Client): Promise<HeaderAnnotation[]> {
  const { tools } = await client.survey()
  const all = tools.flatMap(({ name, inputSchema }) => annotationsOf(String(name), inputSchema))
  if (all.length === 0) notApplicable('no listed tool mirrors a parameter into a header')
  return all
}

/** Every annotation in one inputSchema, wherever it stands. */
export function annotationsOf(tool: string, inputSchema: unknown): HeaderAnnotation[] {
  return annotationsIn(inputSchema, tool, '', false, true)
}

function annotationsIn(
  schema: unknown,
  tool: string,
  path: string,
  reachable: boolean,
  straight: boolean,
): HeaderAnnotation[] {
  if (!isObject(schema)) return []
  const own = 'x-mcp-header' in schema ? [{ tool, path, value: schema['x-mcp-header'], schema, reachable }] : []
  const below = Object.entries(schema).flatMap(([keyword, value]) => {
    const here = path ? `${path}.${keyword}` : keyword
    const step = straight && keyword === 'properties'
    if (byName.test(keyword) && isObject(value))
      return Object.entries(value).flatMap(([name, one]) => annotationsIn(one, tool, `${here}.${name}`, step, step))
    if (!inPlace.test(keyword)) return []
    return [value].flat().flatMap((one) => annotationsIn(one, tool, here, false, false))
  })
  return [...own, ...below]
}

/** The annotation in words. */
export function annotationIn({ tool, path }: HeaderAnnotation): string {
  return `x-mcp-header at ${path || 'the root'} of the inputSchema of ${tool}`
}

/** A fault: the first listed tool with an annotated parameter has its inputSchema changed; `properties` are those of its root. */
export function onAnnotatedSchema(change: (schema: any) => unknown): Fault {
  return onResult('tools/list', (result) => ({
    ...result,
    tools: result.tools.map((tool: any) =>
      JSON.stringify(tool.inputSchema).includes('x-mcp-header')
        ? { ...tool, inputSchema: change(tool.inputSchema) }
        : tool,
    ),
  }))
}

/** A fault: those tools have one more parameter. */
export function withParameter(schema: object): Fault {
  return onAnnotatedSchema((input) => ({ ...input, properties: { ...input.properties, extra: schema } }))
}
