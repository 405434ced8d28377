import { isServerRequest } from '../wire/jsonrpc.js'
import type { Session } from '../wire/session.js'
import type { Client } from './client.js'
import { expectEqual, notApplicable } from './expect.js'
import type { Fault } from './fault.js'

/** The client capability a request of the server needs; undefined for ping and methods nobody knows. */
export function featureOf(method: string): string | undefined {
  return /^(sampling|roots|elicitation|tasks)\//.exec(method)?.[1]
}

/** Methods of the requests a server sent in a session. */
export function requestsIn(session: Session): string[] {
  return session.received
    .map(({ message }) => message)
    .filter(isServerRequest)
    .map((message) => message.method)
}

/** Ends the check where the server has no channel on which it could ask the client anything. */
export function needRequestChannel(client: Client): void {
  const { transport, answers, getStream } = client.facts
  if (transport === 'streamable-http' && answers === 'json' && !getStream)
    notApplicable('the server has no stream on which it could send requests')
}

/** Uses a server as a client that declared only `capabilities` and returns the requests that need more than those. */
async function undeclaredRequests(client: Client, capabilities: Record<string, unknown>): Promise<string[]> {
  const session = await client.open({ capabilities })
  if (client.facts.getStream) await session.get()
  await Promise.all([session.request('ping'), client.facts.capabilities.tools && session.request('tools/list')])
  await Promise.all(client.tools.map((tool) => session.request('tools/call', { ...tool })))
  await client.pause(150)
  return requestsIn(session).filter((method) => {
    const feature = featureOf(method)
    return feature !== undefined && !(feature in capabilities)
  })
}

/** The rule that a server asks a client for nothing that needs a capability it did not declare, shown on clients with none or few. */
export async function asksOnlyDeclared(client: Client): Promise<void> {
  needRequestChannel(client)
  if (isNewest(client)) {
    // The client of the survey declared nothing and has listened since the run began.
    const asked = requestsIn((await client.survey()).session).filter((method) => featureOf(method) !== undefined)
    expectEqual(asked, [], 'the list of requests a client without capabilities got beyond them')
  }
  for (const { capabilities, asked } of await askedBeyond(client))
    expectEqual(
      asked,
      [],
      `the list of requests a client with capabilities ${JSON.stringify(capabilities)} got beyond them`,
    )
}

/** What clients that declared few capabilities, or none where no tour shows that, were asked for beyond them; once per run and revision. */
export function askedBeyond(client: Client): Promise<{ capabilities: Record<string, unknown>; asked: string[] }[]> {
  return client.once('requests beyond what was declared', (one) => {
    const declared = isNewest(one) ? [{ roots: {} }, { sampling: {} }] : [{}]
    const tries = declared.map(async (capabilities) => ({
      capabilities,
      asked: await undeclaredRequests(one, capabilities),
    }))
    return Promise.all(tries)
  })
}

function isNewest(client: Client): boolean {
  return client.revision === client.facts.revisions.at(-1)
}

/** A fault: the server sends a request of its own beside its answers to `on`, wherever a stream is open for it. */
export function serverAsks(method: string, on: string, params: unknown = {}): Fault {
  let asked = 0
  return {
    message(message, context) {
      if (context.call?.method !== on || !('result' in message)) return undefined
      const session = context.request.headers['mcp-session-id']
      const question = { jsonrpc: '2.0', id: `asked-${++asked}`, method, params }
      if (context.channel !== 'json') return [question, message]
      const stream = context.streams.find(
        (one) => one.request.method === 'GET' && one.request.headers['mcp-session-id'] === session,
      )
      stream?.send({ event: 'message', data: JSON.stringify(question) })
      return undefined
    },
  }
}
