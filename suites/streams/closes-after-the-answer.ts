import { defineCheck, request } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An event stream ends once the response has been sent on it',
  requirement: 'sse-closes-after-response',
  needs: ['sse-answers'],
  hint: 'End the response after the last message; a stream left open holds a connection per call until some proxy cuts it.',
  async run(client) {
    for (const method of ['ping', 'tools/list', 'gauntlet/unknown']) {
      const reply = await client.post(request(method), {}, { lingerMs: 1500 })
      assume(reply.response !== undefined || reply.ended === 'complete', `${method} is answered`, reply)
      if (!reply.isStream) continue
      const open = reply.ended === 'complete' ? 0 : 1500
      expect(
        open === 0,
        `the stream of ${method} was still open 1500 ms after its response`,
        'end of stream',
        reply.ended,
      )
    }
  },
  fault: { end: (context) => (context.channel === 'post-stream' ? new Promise(() => {}) : undefined) },
})
