import { defineCheck, type Reply, request } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Event ids do not repeat within a session, over all its streams',
  requirement: 'sse-event-id-unique',
  needs: ['streamable'],
  callsTools: true,
  hint: 'Number events per session, or prefix a counter with the id of the stream; a counter per stream repeats.',
  async run(client) {
    const session = await client.open()
    const streams: Reply[] = []
    for (let round = 0; client.facts.getStream && round < 2; round++) {
      streams.at(-1)?.close()
      streams.push(await session.get())
    }
    const calls = client.tools.map((tool) =>
      request('tools/call', { ...tool, _meta: { progressToken: client.canary('token') } }),
    )
    const messages = [
      ...Array.from({ length: 5 }, () => request('ping')),
      request('tools/list'),
      request('gauntlet/unknown'),
      ...calls,
    ]
    const replies = await Promise.all(messages.map((message) => session.post(message, {}, { resume: false })))
    const later = [await session.request('ping'), await session.request('ping')]
    const idsOf = (reply: Reply) => reply.events.map((event) => event.id).filter((id) => id !== undefined && id !== '')
    const numbered = [session.opening, ...streams, ...replies, ...later].filter((reply) => idsOf(reply).length > 0)
    if (numbered.length < 2) notApplicable('fewer than two streams carry event ids')
    const ids = numbered.flatMap(idsOf)
    const twice = ids.find((id, index) => ids.indexOf(id) !== index)
    expect(
      twice === undefined,
      `the event id ${JSON.stringify(twice)} was used more than once in one session`,
      'unique ids',
      ids.slice(0, 12),
    )
  },
  fault: () => {
    const counters = new WeakMap<object, number>()
    return {
      event(event, { request }) {
        if (event.id === undefined) return undefined
        counters.set(request, (counters.get(request) ?? 0) + 1)
        return { ...event, id: String(counters.get(request)) }
      },
    }
  },
})
