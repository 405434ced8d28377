import type { Prompt, Resource, ResourceTemplate, Tool as ToolListing } from '@modelcontextprotocol/sdk/types.js'
import { PLAN_DAY } from '../weather/prompts.js'
import { STATION_RESOURCE_TEMPLATE, STATIONS_RESOURCE } from '../weather/resources.js'
import type { Tool } from '../weather/tool.js'
import { MODERN_TOOLS, TOOLS } from '../weather/tools/index.js'
import { paginate } from './pages.js'
import { type AnyRevision, MODERN_REVISION } from './revisions.js'

/** Whether titles, output schemas and structured content exist in a revision (lifecycle-respect-version). */
export function knowsStructure(revision: AnyRevision): boolean {
  return revision >= '2025-06-18'
}

function untitled<Item extends { title?: string }>({ title: _, ...item }: Item): Omit<Item, 'title'> {
  return item
}

function describe(tool: Tool, revision: AnyRevision): ToolListing {
  const { name, title, description, inputSchema, outputSchema, readOnly } = tool
  const plain = { name, description, inputSchema }
  if (!knowsStructure(revision)) return plain
  const annotations = { readOnlyHint: readOnly, destructiveHint: false, idempotentHint: true, openWorldHint: false }
  return { ...plain, title, annotations, ...(outputSchema && { outputSchema }) }
}

const pageOfTools = paginate('tools', TOOLS, 4)
const pageOfModernTools = paginate('modern tools', MODERN_TOOLS, 4)
const pageOfResources = paginate('resources', [STATIONS_RESOURCE], 10)
const pageOfTemplates = paginate('templates', [STATION_RESOURCE_TEMPLATE], 10)
const pageOfPrompts = paginate('prompts', [PLAN_DAY], 10)

/** The answer to tools/list; four tools to a page. Annotations are left out before 2025-06-18, where they are optional. */
export function listTools(cursor: string | undefined, revision: AnyRevision) {
  const { items, ...rest } = revision === MODERN_REVISION ? pageOfModernTools(cursor) : pageOfTools(cursor)
  return { tools: items.map((tool) => describe(tool, revision)), ...rest }
}

/** The answer to resources/list. */
export function listResources(cursor: string | undefined, revision: AnyRevision) {
  const { items, ...rest } = pageOfResources(cursor)
  return { resources: knowsStructure(revision) ? (items as Resource[]) : items.map(untitled), ...rest }
}

/** The answer to resources/templates/list. */
export function listResourceTemplates(cursor: string | undefined, revision: AnyRevision) {
  const { items, ...rest } = pageOfTemplates(cursor)
  return { resourceTemplates: knowsStructure(revision) ? (items as ResourceTemplate[]) : items.map(untitled), ...rest }
}

/** The answer to prompts/list. */
export function listPrompts(cursor: string | undefined, revision: AnyRevision) {
  const { items, ...rest } = pageOfPrompts(cursor)
  if (knowsStructure(revision)) return { prompts: items as Prompt[], ...rest }
  return {
    prompts: items.map((prompt) => ({ ...untitled(prompt), arguments: prompt.arguments.map(untitled) })),
    ...rest,
  }
}
