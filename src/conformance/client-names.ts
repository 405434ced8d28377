import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { assume, describe, expect, expectEqual } from './expect.js'
import { outcomeOf } from './rounds.js'
import { type ServedCall, servedCalls } from './served-calls.js'

/** What servers are known to look for, and what sounds as if it had rights. */
const names = ['claude-ai', 'mcp-inspector', 'admin', undefined]

/** What is asked by each client: where access would show. */
const asked = /^(server\/discover|tools\/list|resources\/list|prompts\/list|tools\/call|resources\/read)$/

/** The same requests from clients of other names, and from one without a name, must have the same outcomes. */
export async function expectSameForEveryClient(client: Client): Promise<void> {
  const calls = await servedCalls(client, asked)
  assume(calls.length > 0, 'a valid request is answered with a result')
  await Promise.all(calls.map((call) => expectSame(client, call)))
}

async function expectSame(client: Client, { method, params }: ServedCall): Promise<void> {
  const own = () => client.request(method, params)
  const before = outcomeOf(await own())
  const replies: [string, Reply][] = []
  for (const name of names) {
    const clientInfo = name === undefined ? undefined : { name, version: '1.0.0' }
    replies.push([name ?? 'no name', await client.request(method, params, { meta: { clientInfo } })])
  }
  // What changes from one request to the next says nothing of clients.
  const steady = before === outcomeOf(await own())
  for (const [name, reply] of replies) {
    const what = `${method} from a client of the name ${name}`
    assume(
      reply.ended !== 'timeout' && reply.ended !== 'too-large',
      `${what} is answered in time, and read whole`,
      reply,
    )
    expect(reply.response?.result !== undefined, `${what} is refused`, 'what other clients get', describe(reply))
    if (steady) expectEqual(outcomeOf(reply), before, `the result of ${what}`)
  }
}
