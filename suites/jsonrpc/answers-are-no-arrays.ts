import { defineCheck, firstArray } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The server sends single messages, never arrays of them',
  requirement: 'jsonrpc-no-batch-output',
  atEachRevision: true,
  hint: 'Batches left the protocol with 2025-06-18: send each message on its own.',
  async run(client) {
    const survey = await client.survey()
    const replies = [...survey.steps.map((step) => step.reply), ...survey.received.map(({ reply }) => reply)]
    const array = firstArray(replies)
    expect(array === undefined, 'the server sent an array of messages', 'one JSON object', array)
  },
  fault: {
    reply: (reply) => (reply.body?.startsWith('{') ? { ...reply, body: `[${reply.body}]` } : undefined),
    event: (event) => (event.data.startsWith('{') ? { ...event, data: `[${event.data}]` } : undefined),
  },
})
