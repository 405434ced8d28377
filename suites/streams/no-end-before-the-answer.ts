import { defineCheck, isResponse, request } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Before 2025-11-25 an event stream does not end before the response',
  requirement: 'sse-no-close-before-response',
  needs: ['sse-answers'],
  callsTools: true,
  async run(client) {
    const calls = client.tools.map((tool) => request('tools/call', { ...tool }))
    const session = await client.session()
    const messages = [request('ping'), request('tools/list'), ...calls]
    // Side by side: the next request must not end the stream of the one before.
    const replies = await Promise.all(messages.map((message) => session.post(message, {}, { resume: false })))
    for (const [at, reply] of replies.entries()) {
      if (!reply.isStream || reply.ended !== 'complete') continue
      expect(
        reply.response !== undefined,
        `the stream of ${messages[at]!.method} ended without a response`,
        'the response, then the end of the stream',
        reply.text.slice(0, 200),
      )
    }
  },
  fault: { message: (message, { call }) => (isResponse(message) && call?.method === 'tools/list' ? null : undefined) },
})
