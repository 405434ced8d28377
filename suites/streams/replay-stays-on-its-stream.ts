import { defineCheck, isResponse, replayed, request, resumeFrom } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A resumed stream replays nothing that belonged to another stream',
  requirement: 'sse-replay-same-stream-only',
  needs: ['sse-answers', 'get-stream'],
  hint: 'Store the stream id with every event and replay only events of the stream that Last-Event-ID belongs to.',
  async run(client) {
    const session = await client.open()
    const standing = await session.get()
    const messages = [request('ping'), request('tools/list'), request('gauntlet/unknown'), request('ping')]
    const replies = await Promise.all(messages.map((message) => session.post(message)))
    let answered = false
    for (const [index, reply] of replies.entries()) {
      const first = reply.events.find((event) => event.id)?.id
      if (!first) continue
      const resumed = await resumeFrom(session, first)
      answered ||= resumed.isStream
      const foreign = replayed(resumed).filter((message) => message.id !== messages[index]!.id)
      expect(
        foreign.length === 0,
        'resuming one stream replayed the response of another',
        `only messages of request ${messages[index]!.id}`,
        foreign[0],
      )
      const stray = resumed.events.find(
        ({ id }) => id !== undefined && standing.events.some((event) => event.id === id),
      )
      expect(!stray, 'resuming the stream of a request replayed an event of the GET stream', 'its own events', stray)
    }
    const [seen] = replies.flatMap(({ events }) => events.find(({ id }) => id)?.id ?? [])
    const other = seen === undefined || !session.id ? [] : replayed(await resumeFrom(await client.open(), seen, 150))
    const leaked = other.find(({ id }) => messages.some((message) => message.id === id))
    expect(!leaked, 'a response was replayed to another session that named its event', 'silence', leaked)
    if (!answered) notApplicable('the server does not resume streams')
  },
  fault: () => {
    const sent: object[] = []
    return {
      message: (message, { channel }) => void (channel === 'post-stream' && isResponse(message) && sent.push(message)),
      event: (event, { request }) =>
        request.headers['last-event-id']
          ? [event, ...sent.map((message) => ({ data: JSON.stringify(message) }))]
          : undefined,
    }
  },
})
