import type { Client } from './client.js'
import { outcomeOf } from './rounds.js'
import type { ServedCall } from './served-calls.js'
import { type KnownTool, knownTools } from './tool-calls.js'

/** A request with what came of it alone. */
export interface SteadyCall extends ServedCall {
  outcome: string
}

/** The most requests of one method. */
const sample = 4

/** A tool that takes longer is not called again with other numbers, in ms. */
const patienceMs = 300

/** Reads, prompts and completions the tour had a result for, and calls of quick tools that take numbers, each with its result; several of a kind where there are. */
export async function steadyCalls(client: Client): Promise<SteadyCall[]> {
  const { steps } = await client.survey()
  const served = steps.filter(
    ({ method, reply }) =>
      /^(resources\/read|prompts\/get|completion\/complete)$/.test(method) && reply.response?.result !== undefined,
  )
  const kinds = new Map<string, SteadyCall[]>()
  for (const { method, params = {}, reply } of served) {
    const call = { method, params, outcome: outcomeOf(reply) }
    const alike = kinds.get(method) ?? []
    if (alike.length < sample && !alike.some(({ outcome }) => outcome === call.outcome))
      kinds.set(method, [...alike, call])
  }
  const numeric = (await knownTools(client))
    .filter(({ ms }) => ms <= patienceMs)
    .map((tool) => withNumbers(client, tool))
  return [...kinds.values(), ...(await Promise.all(numeric))].flat()
}

/** What came of a request: its result without what says nothing of the request. */
export async function outcomeAlone(client: Client, { method, params }: ServedCall): Promise<string> {
  return outcomeOf(await client.request(method, params))
}

/** Calls of a tool with its first number, the next one and the one after; none where it takes no number or gives the same for all. */
async function withNumbers(client: Client, { name, arguments: given }: KnownTool): Promise<SteadyCall[]> {
  const [key, value] = Object.entries(given).find(([, one]) => Number.isInteger(one)) ?? []
  if (key === undefined) return []
  const all: SteadyCall[] = []
  for (const more of [0, 1, 2]) {
    const call = { method: 'tools/call', params: { name, arguments: { ...given, [key]: Number(value) + more } } }
    all.push({ ...call, outcome: await outcomeAlone(client, call) })
  }
  return all.filter(({ outcome }, at) => outcome !== '{}' && all.findIndex((one) => one.outcome === outcome) === at)
}
