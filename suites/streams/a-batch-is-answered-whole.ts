import { defineCheck, isResponse, request } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The stream for a batch carries one response per request',
  requirement: 'sse-batch-responses',
  needs: ['sse-answers'],
  async run(client) {
    const batch = [request('ping'), request('tools/list'), request('gauntlet/unknown')]
    const reply = await client.post(batch)
    if (!reply.ok || !reply.isStream)
      notApplicable(`the batch was not answered with a stream but with HTTP ${reply.status}`)
    const answered = reply.messages.filter(isResponse).map((message) => message.id)
    const missing = batch.filter((message) => !answered.includes(message.id))
    expect(
      missing.length === 0,
      'the stream ended without a response to every request',
      batch.map((message) => message.id),
      answered,
    )
  },
  fault: {
    message: (_message, { call, request }) =>
      request.body.startsWith('[') && call?.method === 'ping' ? null : undefined,
  },
})
