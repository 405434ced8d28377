import { calls, defineCheck, instead, isResponse } from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every request is answered on the stream, not in the body of its POST',
  requirement: 'legacy-sse-message-events',
  needs: ['legacy-sse'],
  hint: 'Answer the POST itself with 202 and write the JSON-RPC response to the stream of that session.',
  async run(client) {
    const { steps, received } = await client.survey()
    const answered = new Set(
      received
        .map((one) => one.message)
        .filter(isResponse)
        .map((message) => message.id),
    )
    for (const { label, reply } of steps.filter((step) => step.reply.ok))
      expect(
        reply.matched !== undefined && answered.has(reply.matched.id),
        `${label} was accepted but not answered on the stream`,
        'a message event',
        describe(reply),
      )
  },
  fault: instead(calls(/^tools\/list$/), ({ message }) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: message?.id, result: { tools: [] } }),
  })),
})
