import { defineCheck, request } from '../../src/conformance/check.js'
import { assume, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A stream with event ids starts with an event that has an id and empty data',
  requirement: 'sse-priming-event',
  needs: ['sse-answers'],
  hint: 'The first event lets a client resume even if the connection breaks before anything was said.',
  async run(client) {
    for (const method of ['ping', 'tools/list', 'tools/call', 'gauntlet/unknown']) {
      const reply = await client.post(request(method, method === 'tools/call' ? { name: client.canary() } : undefined))
      assume(reply.isStream && reply.response !== undefined, `${method} is answered with an event stream`, reply)
      if (!/^id:/m.test(reply.text)) notApplicable('the streams carry no event ids, so nothing can be resumed')
      const first = reply.text.split(/\r?\n\r?\n|\r\r/).find((block) => /^(id|data|event):/m.test(block)) ?? ''
      const primed = /^id:/m.test(first) && !/^data: ?\S/m.test(first)
      expect(primed, `the stream of ${method} does not start with a priming event`, 'an id and empty data', first)
    }
  },
  fault: { event: (event, { channel }) => (channel === 'post-stream' && event.data === '' ? null : undefined) },
})
