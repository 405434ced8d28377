import type { NamedTool } from '../conformance/given.js'
import { labelOf, mostReads, type Picture, wantsNothing } from './picture.js'

/** What of two forms was not compared, and why: one sentence each. */
export function leftOutOf([original, converted]: readonly [Picture, Picture], tools: readonly NamedTool[]): string[] {
  const names = Object.keys(original.tools)
  const uncalled = names.filter((name) => !tools.some((tool) => tool.name === name))
  const wanting = Object.keys(original.prompts).filter((name) => !wantsNothing(original.prompts[name]))
  const nowhere = tools.filter(({ name }) => !(name in original.tools) && !(name in converted.tools))
  const unread = Object.keys(original.resources).length - mostReads
  return [
    ...(uncalled.length > 0 ? [`results of ${some(uncalled)}: name a tool that is safe to call with --tool`] : []),
    ...(wanting.length > 0 ? [`messages of prompts that want arguments: ${some(wanting)}`] : []),
    ...nowhere.map((tool) => `${labelOf(tool, tools)}: neither form lists such a tool`),
    ...(unread > 0 ? [`contents of ${unread} further resources`] : []),
    ...([original, converted].some(({ revisions }) => revisions.length === 0)
      ? ['protocol revisions: a second process of the original gave no answer']
      : []),
  ]
}

function some(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
}
