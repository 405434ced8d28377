import type { Client } from './client.js'
import { type Elicitation, everyElicitation } from './elicitations.js'
import { needQuestions, requestsOf } from './input-required.js'
import { nameOfCall } from './rounds.js'
import { receivedBy, requestsAmong, requestsOf as requestsMade } from './tool-effects.js'

/** An elicitation, and what of it the client had declared that got it. */
export interface Addressed extends Elicitation {
  declared: Record<string, any>
}

const declarations = [{}, { form: {} }, { url: {} }]
const method = 'elicitation/create'

/** What clients are asked that declare no mode, forms alone or URLs alone. Ends the check where nobody asks even those that take both. */
export async function elicitedByModes(client: Client): Promise<Addressed[]> {
  if (client.modern) return askedOfModern(client)
  await everyElicitation(client)
  const found: Addressed[] = []
  for (const declared of declarations) {
    const plain = Object.keys(declared).length === 0
    const asked = plain
      ? await requestsMade(client, method)
      : requestsAmong(await receivedBy(client, { elicitation: declared }), method)
    found.push(...asked.map(({ id, params }) => ({ declared, params: params ?? {}, what: `the elicitation ${id}` })))
  }
  return found
}

async function askedOfModern(client: Client): Promise<Addressed[]> {
  const found: Addressed[] = []
  for (const call of await needQuestions(client))
    for (const declared of declarations) {
      const options = { meta: { clientCapabilities: { elicitation: declared } } }
      const reply = await client.request(call.method, call.params, options)
      const asked = requestsOf(reply.response?.result ?? {}).filter((one) => one.method === method)
      found.push(...asked.map(({ params }) => ({ declared, params, what: `the question of ${nameOfCall(call)}` })))
    }
  return found
}
