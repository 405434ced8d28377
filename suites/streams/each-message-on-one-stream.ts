import {
  defineCheck,
  isNotification,
  isResponse,
  knownTools,
  parseJson,
  type Reply,
  request,
  type Session,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Each message is sent on exactly one of the open streams',
  requirement: 'sse-no-broadcast',
  needs: ['get-stream'],
  callsTools: true,
  hint: 'Pick one stream per message: the one of the request it belongs to, else one GET stream.',
  async run(client) {
    const session = await client.open()
    if (client.facts.capabilities.logging) await session.request('logging/setLevel', { level: 'debug' })
    const streams = [await session.get(), await session.get()].filter((stream) => stream.isStream)
    await ping(session)
    // What came while only one of them was open had no choice between them.
    const since = performance.now()
    const tools = (await knownTools(client)).filter((tool) => tool.ms <= 1000)
    const calls = () =>
      tools.map(({ name, arguments: args }) => ({
        name,
        arguments: args,
        _meta: { progressToken: client.canary('token') },
      }))
    const alone: Reply[] = []
    for (const call of calls()) {
      alone.push(await session.request('tools/call', call))
      await client.pause(2 * atOnceMs)
    }
    alone.push(await session.request('tools/list'))
    const together = await Promise.all([...calls().map((call) => session.request('tools/call', call)), ping(session)])
    await client.pause(100)
    const seen = new Map<string, Set<Reply>>()
    const inARow = counted(alone)
    for (const stream of [...streams, ...alone, ...together].filter((reply) => reply.isStream))
      for (const text of textsOf(stream)) seen.set(text, (seen.get(text) ?? new Set<Reply>()).add(stream))
    if (seen.size === 0) notApplicable('no event stream carried a message while we listened')
    for (const [text, on] of seen) {
      // Calls may say the same thing each on its own stream: what counts is whether they say it on more than one call alone did.
      const message = JSON.parse(text)
      const own = isResponse(message) ? 1 : Math.max(1, 2 * (inARow.get(text) ?? 0))
      const apart =
        isNameless(message) && [...on].every((stream) => streams.includes(stream)) && !inPairs(text, [...on], since)
      expect(apart || on.size <= own, 'the same message came on several streams', 'one stream per message', message)
    }
  },
  fault: {
    message(message, { channel, streams, request }) {
      if (channel === 'get-stream') return undefined
      for (const stream of streams) if (stream.request !== request) stream.send({ data: JSON.stringify(message) })
      return undefined
    },
  },
})

function ping(session: Session): Promise<Reply> {
  return session.post(request('ping'))
}

/** True for a notification that says of no call that it is its own: two may read alike. */
function isNameless(message: unknown): boolean {
  return isNotification(message) && message.params?.progressToken === undefined
}

/** Copies of one message arrive within this time, in ms. */
const atOnceMs = 15

/** Whether all that two streams said in the same words came at the same moments. Else they told of two changes, one stream of each. */
function inPairs(text: string, streams: readonly Reply[], since: number): boolean {
  const times = streams.map((stream) => heard(stream, since).flatMap((one) => (one.text === text ? [one.at] : [])))
  const [first = [], ...others] = times
  return others.every(
    (other) => other.length === first.length && other.every((at, n) => Math.abs(at - first[n]!) < atOnceMs),
  )
}

function textsOf({ messages }: Reply): Set<string> {
  return new Set(messages.map((message) => JSON.stringify(message)))
}

/** The messages of a stream, each with the moment of its arrival, from one moment on. */
function heard({ events, started }: Reply, since: number): { text: string; at: number }[] {
  return events
    .map(({ data, at }) => ({ text: JSON.stringify(parseJson(data)) ?? '', at: started + at }))
    .filter(({ text, at }) => text !== '' && at >= since)
}

/** How many of the replies carried each message. */
function counted(replies: readonly Reply[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const reply of replies) for (const text of textsOf(reply)) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
