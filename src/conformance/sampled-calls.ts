import type { Message } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Client, NamedTool } from './client.js'
import { expectNoCrash, throttled } from './crash.js'
import { plainQuestionsOf } from './elicitations.js'
import { describe, expect, notApplicable, notTestable } from './expect.js'
import { isDone, outcomeOf } from './rounds.js'

const method = 'sampling/createMessage'
const text = {
  role: 'assistant',
  model: 'gauntlet',
  stopReason: 'endTurn',
  content: { type: 'text', text: 'gauntlet' },
}

/** What a model may say that fits no schema. */
const unfit: Record<string, object> = {
  'a text that is a number': { ...text, content: { type: 'text', text: 7 } },
  'content of no known type': { ...text, content: { type: 'gauntlet' } },
  'no content': { ...text, content: undefined },
}

type Give = (request: Message, round: number) => object

/** Calls a tool as a client whose model says what `give` gives; `rounds`: how often it was asked. */
async function sample(client: Client, tool: NamedTool, declared: object, give: Give) {
  let rounds = 0
  const session = await client.open({
    capabilities: { sampling: declared },
    answer: (request) => (request.method === method ? (give(request, ++rounds) as { result: object }) : undefined),
  })
  if (client.facts.getStream) await session.get()
  const reply: Reply = await session.request('tools/call', { ...tool })
  return { reply, rounds }
}

/** What a model says that fits no schema must not be taken as if it did. Ends the check where no tool that samples can be called to a good end. */
export async function expectSamplesValidated(client: Client): Promise<void> {
  if ((await plainQuestionsOf(client, method)).length === 0)
    notApplicable('no named tool samples from the model of the client')
  const judged = await Promise.all(client.tools.map((tool) => judge(client, tool)))
  if (!judged.includes(true)) notTestable('no tool that samples succeeds with what the model says')
}

/** True where the tool samples and succeeds. */
async function judge(client: Client, tool: NamedTool): Promise<boolean> {
  const good = await sample(client, tool, {}, () => ({ result: text }))
  if (good.rounds === 0 || !isDone(good.reply)) return false
  const refusal = await sample(client, tool, {}, () => ({ error: { code: -1, message: 'the user said no' } }))
  for (const [what, result] of Object.entries(unfit)) {
    const { reply, rounds } = await sample(client, tool, {}, () => ({ result }))
    if (rounds === 0 || throttled(reply)) continue
    const call = `${tool.name}, sampling ${what},`
    expectNoCrash(reply, call)
    const taken = isDone(reply) && outcomeOf(reply) !== outcomeOf(refusal.reply)
    expect(!taken, `${call} goes on as if it were good`, 'a result with isError', describe(reply))
  }
  return true
}

/** So many rounds of tool use are more than any conversation needs. */
const manyRounds = 40

/** A model that uses a tool whenever it may must be stopped by the server. Ends the check where no tool lets a model use tools. */
export async function expectLoopsEnd(client: Client): Promise<void> {
  const calls = client.tools.map((tool) =>
    sample(client, tool, { tools: {} }, ({ params }, round) => {
      const name: unknown = params?.tools?.[0]?.name
      if (name === undefined || params?.toolChoice?.mode === 'none' || round > manyRounds) return { result: text }
      const content = [{ type: 'tool_use', id: `gauntlet-${round}`, name, input: {} }]
      return { result: { ...text, stopReason: 'toolUse', content } }
    }),
  )
  const rounds = (await Promise.all(calls)).map((call) => call.rounds)
  for (const [at, count] of rounds.entries())
    expect(
      count <= manyRounds,
      `${client.tools[at]?.name} lets the model use tools without end`,
      `at most ${manyRounds} rounds`,
      `${count} rounds`,
    )
}
