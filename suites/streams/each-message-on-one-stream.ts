import { defineCheck, isResponse, knownTools, type Reply, request, type Session } from '../../src/conformance/check.js'
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
    const tools = (await knownTools(client)).filter((tool) => tool.ms <= 1000)
    const calls = () =>
      tools.map(({ name, arguments: args }) => ({
        name,
        arguments: args,
        _meta: { progressToken: client.canary('token') },
      }))
    const alone: Reply[] = []
    for (const call of calls()) alone.push(await session.request('tools/call', call))
    alone.push(await session.request('tools/list'))
    const together = await Promise.all([...calls().map((call) => session.request('tools/call', call)), ping(session)])
    await client.pause(100)
    const seen = new Map<string, Set<Reply>>()
    const inARow = counted(alone)
    for (const stream of [...streams, ...alone, ...together].filter((reply) => reply.isStream))
      for (const text of new Set(stream.messages.map((message) => JSON.stringify(message))))
        seen.set(text, (seen.get(text) ?? new Set<Reply>()).add(stream))
    if (seen.size === 0) notApplicable('no event stream carried a message while we listened')
    for (const [text, on] of seen) {
      // Calls may say the same thing each on its own stream: what counts is whether they say it on more than one call alone did.
      const own = isResponse(JSON.parse(text)) ? 1 : Math.max(1, 2 * (inARow.get(text) ?? 0))
      expect(on.size <= own, 'the same message came on several streams', 'one stream per message', JSON.parse(text))
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

/** How many of the replies carried each message. */
function counted(replies: readonly Reply[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const reply of replies)
    for (const text of new Set(reply.messages.map((message) => JSON.stringify(message))))
      counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
