import {
  callWithProgress,
  defineCheck,
  numbered,
  request,
  resumeFrom,
  sameMessage,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The event ids of a replay stand for no other message of the session',
  requirement: 'sse-event-id-unique',
  needs: ['sse-answers', 'get-stream'],
  callsTools: true,
  hint: 'Store the id with each event and replay it under that id; a replay that counts anew gives ids that others have.',
  async run(client) {
    const session = await client.open()
    const messages = [request('ping'), request('tools/list'), request('gauntlet/unknown'), request('ping')]
    const replies = await Promise.all([
      ...messages.map((message) => session.post(message, {}, { resume: false })),
      ...client.tools.slice(0, 3).map((tool) => callWithProgress(session, tool)),
    ])
    const known = new Map<string, string>()
    for (const { events } of [session.opening, ...replies])
      for (const { id, data } of events) if (id && !known.has(id)) known.set(id, data)
    let judged = false
    for (const reply of replies) {
      const first = reply.events.find(({ id }) => id)?.id
      if (!first) continue
      for (const { id, data } of numbered(await resumeFrom(session, first, 500))) {
        judged = true
        const before = known.get(id) ?? data
        const what = `the event id ${JSON.stringify(id)} stood for another message before the stream was resumed`
        expect(sameMessage(before, data), what, before, data)
        known.set(id, data)
      }
    }
    if (!judged) notApplicable('the server replays no events that carry ids')
  },
  fault: {
    event: (event, { request: { headers } }) =>
      headers['last-event-id'] && event.id && event.data !== ''
        ? { ...event, id: headers['last-event-id'] }
        : undefined,
  },
})
