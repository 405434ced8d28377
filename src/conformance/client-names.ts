import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { assume, describe, expect, expectEqual } from './expect.js'
import { type List, pagedLists, walk } from './lists.js'
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
  for (const list of await pagedLists(client)) await expectSameList(client, list)
}

/** What stands on later pages must be the same for every client as well. */
async function expectSameList(client: Client, list: List): Promise<void> {
  const shown = async (meta = {}): Promise<string[]> => {
    const found = await walk({ request: (method, params) => client.request(method, params, { meta }) }, list)
    assume(found.ended, `${list.method} is answered to its end`)
    return found.pages.flat().sort()
  }
  const before = await shown()
  const views: [string, string[]][] = []
  for (const name of names) views.push([name ?? 'no name', await shown({ clientInfo: infoOf(name) })])
  if (JSON.stringify(await shown()) !== JSON.stringify(before)) return
  for (const [name, view] of views)
    expectEqual(view, before, `what ${list.method} shows on all pages to a client of the name ${name}`)
}

function infoOf(name: string | undefined) {
  return name === undefined ? undefined : { name, version: '1.0.0' }
}

async function expectSame(client: Client, { method, params }: ServedCall): Promise<void> {
  const own = () => client.request(method, params)
  const before = outcomeOf(await own())
  const replies: [string, Reply][] = []
  for (const name of names) {
    const meta = { clientInfo: infoOf(name) }
    replies.push([name ?? 'no name', await client.request(method, params, { meta })])
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
