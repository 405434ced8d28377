import { isServerRequest, type Message, request } from '../wire/jsonrpc.js'
import { arrived } from './arrivals.js'
import type { Client } from './client.js'

/** For so many ms a server that asks its clients something soon after the handshake is waited for. */
const soonMs = 600

/** What a client that can be asked for everything is asked over two streams and many tool calls; once per run. */
export function provokedRequests(client: Client): Promise<readonly Message[]> {
  return client.once('requests of the server', async (one) => {
    const session = await one.open({ capabilities: { roots: { listChanged: true }, sampling: {}, elicitation: {} } })
    const first = one.facts.getStream ? await session.get() : undefined
    const calls = [...one.tools, ...one.tools].map((tool) => request('tools/call', { ...tool }))
    await Promise.all(calls.map((call) => session.post(call)))
    const asked = () => session.received.map(({ message }) => message).filter(isServerRequest)
    await arrived(session, () => asked().length > 0, soonMs)
    // What was due before a request was sent goes out before its answer, however far behind a busy server is; by another stream it comes later.
    for (let turn = 0; turn < 3 && (turn === 0 || asked().length === 0); turn++) {
      await session.request(one.plainMethod)
      await one.pause(40)
    }
    if (!first) return asked()
    // Some servers greet each stream with a ping: two streams in a row show whether they count on.
    first.close()
    await session.get()
    await one.pause(60)
    await session.request(one.plainMethod)
    return asked()
  })
}
