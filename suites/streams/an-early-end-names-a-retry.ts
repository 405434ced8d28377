import { defineCheck, isResponse } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A stream that is closed before its response names a retry time first',
  requirement: 'sse-retry-before-disconnect',
  needs: ['sse-answers', 'tool'],
  hint: 'Send a `retry:` field before you close the connection, so that clients know when to come back.',
  async run(client) {
    const survey = await client.survey()
    const early = survey.toolCalls.filter((call) => call.reply.isStream && call.reply.resumed > 0)
    if (early.length === 0) notApplicable('no stream of a named tool was closed before its response')
    for (const { reply, tool } of early)
      expect(
        reply.retry !== undefined,
        `the stream of ${tool.name} was closed early without a retry field`,
        'retry: <ms>',
        reply.text.slice(0, 200),
      )
  },
  fault: {
    retry: () => null,
    message: (message, { channel, call }) =>
      channel === 'post-stream' && isResponse(message) && call?.method === 'tools/call' ? null : undefined,
  },
})
