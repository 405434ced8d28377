import { isObject } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { plainQuestionsOf, questionsOf } from './elicitations.js'
import { expect, notApplicable } from './expect.js'
import { ableClient, requestsOf } from './input-required.js'
import { everyQuestion } from './rounds.js'

/** A request of the server to sample from the client's model. */
export interface Sampling {
  params: Record<string, any>
  what: string
}

/** Every such request. Ends the check where there is none. */
export async function everySampling(client: Client): Promise<Sampling[]> {
  const found = await questionsOf(client, 'sampling/createMessage')
  if (found.length === 0) notApplicable('no named tool, resource or prompt samples from the model of the client')
  return found.map(named)
}

function named({ key, params }: { key: string; params: Record<string, any> }): Sampling {
  return { params, what: `the sampling ${key}` }
}

/** What a client is asked for that declares sampling and nothing in it. Ends the check where nobody samples. */
async function plainlySampling(client: Client): Promise<Sampling[]> {
  await everySampling(client)
  const method = 'sampling/createMessage'
  if (!client.modern) return (await plainQuestionsOf(client, method)).map(named)
  return client.once('sampling of a plain client', async (one) => {
    const asked = (await everyQuestion(one)).filter(({ result }) =>
      requestsOf(result).some((each) => each.method === method),
    )
    const clientCapabilities = { ...ableClient, sampling: {} }
    const replies = asked.map((call) => one.request(call.method, call.params, { meta: { clientCapabilities } }))
    const results = (await Promise.all(replies)).map(({ response }) => response?.result ?? {})
    return results.flatMap((result) =>
      requestsOf(result).flatMap((each) => (each.method === method ? [named(each)] : [])),
    )
  })
}

/** None of these members may be in what a client is asked for that declares sampling and nothing in it. */
export async function expectLeftOut(client: Client, members: readonly string[]): Promise<void> {
  for (const { params, what } of await plainlySampling(client))
    for (const member of members)
      expect(
        params[member] === undefined || params[member] === 'none',
        `${what} has ${member}, for which the client declared nothing`,
        `no ${member}`,
        params[member],
      )
}

/** The blocks of one message in a request to sample. */
export interface SampledMessage {
  role: unknown
  blocks: Record<string, any>[]
}

/** Its messages, each with a list of blocks. */
export function messagesOf({ messages }: Record<string, any>): SampledMessage[] {
  return (Array.isArray(messages) ? messages : []).filter(isObject).map(({ role, content }) => ({
    role,
    blocks: [content].flat().filter(isObject),
  }))
}

/** The ids of the tool uses, or of the results, in a message. */
export function toolIdsIn({ blocks }: SampledMessage, type: 'tool_use' | 'tool_result'): unknown[] {
  return blocks
    .filter((block) => block.type === type)
    .map((block) => (type === 'tool_use' ? block.id : block.toolUseId))
}
