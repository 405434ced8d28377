import {
  defineCheck,
  isResponse,
  type Reply,
  replayed,
  replays,
  request,
  resumeFrom,
  slowTool,
} from '../../src/conformance/check.js'
import { expect, notApplicable, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A dropped connection is not taken as a cancellation',
  requirement: 'sse-disconnect-not-cancel',
  needs: ['sse-answers', 'get-stream', 'tool'],
  async run(client) {
    const session = await client.open()
    if (!(await replays(session)))
      notApplicable('the server does not replay, so the end of a dropped call cannot be seen')
    const { tool, ms } = await slowTool(client)
    const call = { name: tool.name, arguments: tool.arguments }
    const drop = async (left = 3): Promise<Reply> => {
      const reply = await session.post(request('tools/call', call), {}, { live: true })
      await reply.until((one) => one.lastEventId !== undefined, client.timeoutMs)
      reply.close()
      // On a busy machine the answer may come along with the first event.
      return reply.response && left > 1 ? drop(left - 1) : reply
    }
    const reply = await drop()
    if (!reply.lastEventId || reply.response)
      notTestable(`${tool.name} answered before its connection could be dropped, or its stream carries no event ids`)
    const resumed = await resumeFrom(session, reply.lastEventId, client.timeoutMs + ms)
    expect(
      replayed(resumed).length > 0,
      `${tool.name} was never answered after its connection was dropped`,
      'the response after resumption',
      { status: resumed.status, events: resumed.events.length },
    )
  },
  fault: {
    message: (message, { channel, call }) =>
      channel === 'get-stream' && isResponse(message) && call?.method === 'tools/call' ? null : undefined,
  },
})
