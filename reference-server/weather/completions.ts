import { invalidParams, quotable } from '../protocol/error.js'
import { PLAN_DAY, PLAN_DAY_VALUES } from './prompts.js'
import { STATION_TEMPLATE } from './resources.js'
import { STATIONS } from './stations.js'

/** What is being completed: an argument of a prompt, or a variable of a resource template. */
export type CompletionReference = { type: 'ref/prompt'; name: string } | { type: 'ref/resource'; uri: string }

function valuesFor(reference: CompletionReference, argument: string): readonly string[] | undefined {
  if (reference.type === 'ref/resource') {
    if (reference.uri !== STATION_TEMPLATE) throw invalidParams('There is no such resource template')
    return argument === 'id' ? STATIONS.map((station) => station.id) : undefined
  }
  if (reference.name !== PLAN_DAY.name) throw invalidParams(`There is no prompt ${quotable(reference.name)}`)
  return Object.hasOwn(PLAN_DAY_VALUES, argument) ? PLAN_DAY_VALUES[argument] : undefined
}

/** Suggestions that begin with what was typed; -32602 for an unknown reference or argument. */
export function complete(reference: CompletionReference, argument: { name: string; value: string }) {
  const values = valuesFor(reference, argument.name)
  if (!values) throw invalidParams(`There is no argument ${quotable(argument.name)}`)
  const typed = argument.value.toLowerCase()
  const matching = values.filter((value) => value.toLowerCase().startsWith(typed))
  return { values: matching.slice(0, 100), total: matching.length, hasMore: matching.length > 100 }
}
