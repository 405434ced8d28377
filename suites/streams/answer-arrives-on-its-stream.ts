import { defineCheck, isResponse, request } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An event stream opened for a request carries the response to it',
  requirement: 'sse-response-delivered',
  needs: ['sse-answers'],
  async run(client) {
    const methods = [
      'ping',
      'tools/list',
      'gauntlet/unknown',
      'ping',
      'tools/list',
      'prompts/list',
      'resources/list',
      'ping',
    ]
    const alone = await client.request('ping')
    const together = await Promise.all(methods.map((method) => client.post(request(method))))
    const survey = await client.survey()
    const toured = survey.steps.filter((step) => step.method !== 'initialize').map((step) => step.reply)
    for (const reply of [alone, ...together, ...toured]) {
      if (!reply.isStream) continue
      expect(reply.response !== undefined, 'a stream brought no response', 'a JSON-RPC response', {
        ended: reply.ended,
        events: reply.events.length,
        resumed: reply.resumed,
      })
    }
  },
  fault: () => {
    const lost = new Set<unknown>()
    let answers = 0
    return {
      message(message, { channel }) {
        if (!isResponse(message)) return undefined
        if (channel === 'post-stream' && ++answers % 7 === 0) lost.add(message.id)
        return lost.has(message.id) ? null : undefined
      },
    }
  },
})
