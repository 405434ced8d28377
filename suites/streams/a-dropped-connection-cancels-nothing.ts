import { defineCheck, isResponse, replayed, request, resumeFrom } from '../../src/conformance/check.js'
import { assume, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A dropped connection is not taken as a cancellation',
  requirement: 'sse-disconnect-not-cancel',
  needs: ['sse-answers', 'get-stream', 'tool'],
  async run(client) {
    const session = await client.open()
    const finished = await session.request('tools/list')
    const first = finished.events.find((event) => event.id && event.data === '')?.id
    if (!first || replayed(await resumeFrom(session, first)).length === 0)
      notApplicable('the server does not replay, so the end of a dropped call cannot be seen')
    for (const tool of client.tools) {
      const reply = await session.post(request('tools/call', { ...tool }), {}, { live: true })
      await reply.until((one) => one.lastEventId !== undefined, client.timeoutMs)
      assume(reply.lastEventId !== undefined, `the stream of ${tool.name} carries an event id`, reply)
      if (reply.response) continue
      reply.close()
      const resumed = await resumeFrom(session, reply.lastEventId, client.timeoutMs)
      expect(
        replayed(resumed).length > 0,
        `${tool.name} was never answered after its connection was dropped`,
        'the response after resumption',
        { status: resumed.status, events: resumed.events.length },
      )
      return
    }
    notApplicable('every named tool answered before the connection could be dropped')
  },
  fault: {
    message: (message, { channel, call }) =>
      channel === 'get-stream' && isResponse(message) && call?.method === 'tools/call' ? null : undefined,
  },
})
