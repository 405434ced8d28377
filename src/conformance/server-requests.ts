import { isServerRequest, type Message, request } from '../wire/jsonrpc.js'
import { arrived } from './arrivals.js'
import type { Client } from './client.js'

/** For so many ms a server that asks its clients something soon after the handshake is waited for. */
const soonMs = 600

/** A stream that takes this many ms to open may be too late for them: on a busy machine a second session is asked. */
const lateMs = 200

/** What a client that can be asked for everything is asked over two streams and many tool calls; once per run. */
export function provokedRequests(client: Client): Promise<readonly Message[]> {
  return client.once('requests of the server', async (one) => {
    const { asked, late } = await provoked(one)
    return asked.length === 0 && late ? (await provoked(one)).asked : asked
  })
}

async function provoked(client: Client): Promise<{ asked: Message[]; late: boolean }> {
  const session = await client.open({ capabilities: { roots: { listChanged: true }, sampling: {}, elicitation: {} } })
  const first = client.facts.getStream ? await session.get() : undefined
  const calls = [...client.tools, ...client.tools].map((tool) => request('tools/call', { ...tool }))
  await Promise.all(calls.map((call) => session.post(call)))
  const asked = () => session.received.map(({ message }) => message).filter(isServerRequest)
  await arrived(session, () => asked().length > 0, soonMs)
  // What was due before a request was sent goes out before its answer, however far behind a busy server is; by another stream it comes later.
  for (let turn = 0; turn < 3 && (turn === 0 || asked().length === 0); turn++) {
    await session.request(client.plainMethod)
    await client.pause(40)
  }
  if (!first) return { asked: asked(), late: false }
  // Some servers greet each stream with a ping: two streams in a row show whether they count on.
  const before = asked().length
  first.close()
  await session.get()
  if (before > 0) await arrived(session, () => asked().length > before, soonMs)
  await client.pause(60)
  await session.request(client.plainMethod)
  return { asked: asked(), late: (first.at.head ?? 0) > lateMs }
}
