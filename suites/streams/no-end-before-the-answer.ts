import { defineCheck, isResponse, request } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Before 2025-11-25 an event stream does not end before the response',
  requirement: 'sse-no-close-before-response',
  needs: ['sse-answers'],
  callsTools: true,
  async run(client) {
    const calls = client.tools.map((tool) => request('tools/call', { ...tool }))
    for (const message of [request('ping'), request('tools/list'), ...calls]) {
      const reply = await client.post(message, {}, { resume: false })
      if (!reply.isStream || reply.ended !== 'complete') continue
      expect(
        reply.response !== undefined,
        `the stream of ${message.method} ended without a response`,
        'the response, then the end of the stream',
        reply.text.slice(0, 200),
      )
    }
  },
  fault: { message: (message, { call }) => (isResponse(message) && call?.method === 'tools/list' ? null : undefined) },
})
