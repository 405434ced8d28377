import { defineCheck, isResponse } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A stream that is closed before its response names a retry time first',
  requirement: 'sse-retry-before-disconnect',
  needs: ['sse-answers', 'tool'],
  last: true,
  hint: 'Send a `retry:` field before you close the connection, so that clients know when to come back.',
  async run(client) {
    const survey = await client.survey()
    const calls = survey.toolCalls.filter((call) => call.reply.isStream && call.reply.resumed > 0)
    const standing = survey.received.filter(
      ({ channel, reply }) => channel === 'get-stream' && reply.ended === 'complete' && reply.response === undefined,
    )
    const early = [
      ...calls.map(({ reply, tool }) => ({ reply, what: `the stream of ${tool.name}` })),
      ...standing.map(({ reply }) => ({ reply, what: 'the GET stream' })),
    ]
    if (early.length === 0) notApplicable('no stream was closed before its time')
    for (const { reply, what } of early)
      expect(
        reply.retry !== undefined,
        `${what} was closed early without a retry field`,
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
