import {
  callOf,
  defineCheck,
  isObject,
  isResponse,
  type Reply,
  replayed,
  replays,
  replaysCalls,
  resumeFrom,
  slowTool,
} from '../../src/conformance/check.js'
import { expect, notApplicable, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A dropped connection is not taken as a cancellation',
  requirement: 'sse-disconnect-not-cancel',
  needs: ['sse-answers', 'get-stream', 'tool'],
  hint: 'Let the call run on when its connection closes, and keep its answer for resumption: only notifications/cancelled cancels.',
  async run(client) {
    const slow = await slowTool(client)
    const { tool, ms } = slow
    const session = await client.open()
    if (!(await replays(session)) && !(await replaysCalls(session, tool)))
      notApplicable('the server does not replay, so the end of a dropped call cannot be seen')
    const drop = async (left = 3): Promise<Reply> => {
      const reply = await session.post(callOf(slow), {}, { live: true })
      await reply.until((one) => one.lastEventId !== undefined, client.timeoutMs)
      reply.close()
      // On a busy machine the answer may come along with the first event.
      return reply.response && left > 1 ? drop(left - 1) : reply
    }
    for (const attempt of [1, 2]) {
      const reply = await drop()
      if (!reply.lastEventId || reply.response)
        notTestable(`${tool.name} answered before its connection could be dropped, or its stream carries no event ids`)
      const live = await resumeFrom(session, reply.lastEventId, client.timeoutMs + ms)
      // Some servers keep the answer and forget to send it to who waits for it.
      const resumed = replayed(live).length > 0 ? live : await resumeFrom(session, reply.lastEventId)
      const answers = replayed(resumed)
      // Undisturbed the tool succeeds: a failure, twice, is what became of the dropped call.
      if (answers.some(({ result }) => isObject(result) && result.isError !== true)) return
      const what = `${tool.name} ${answers[0] ? 'failed' : 'was never answered'} after its connection was dropped`
      const actual = answers[0] ?? { status: resumed.status, events: resumed.events.length }
      expect(attempt === 1 && answers.length > 0, what, 'its result after resumption', actual)
    }
  },
  fault: {
    message: (message, { channel, call }) =>
      channel === 'get-stream' && isResponse(message) && call?.method === 'tools/call' ? null : undefined,
  },
})
