import { defineCheck, nextId, notification, onReply, request } from '../../src/conformance/check.js'
import { assumeResult, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A batch of notifications or responses is accepted with 202 and no body, or refused with an HTTP error',
  requirement: 'jsonrpc-batch-notifications-202',
  needs: ['streamable'],
  hint: 'Where a batch holds no request there is nothing to answer: 202, not 200 with an empty array.',
  async run(client) {
    assumeResult(await client.ask('ping'), 'a ping')
    const batches = [
      [
        notification('notifications/cancelled', { requestId: client.canary() }),
        notification('notifications/progress', { progressToken: client.canary(), progress: 1 }),
      ],
      [notification('notifications/roots/list_changed')],
      [{ jsonrpc: '2.0', id: nextId(), result: {} }],
    ]
    for (const batch of batches) {
      const reply = await client.post(batch)
      const held = (reply.status >= 400 && reply.status < 500) || (reply.status === 202 && reply.body.length === 0)
      expect(held, `a batch of ${batch.length} without any request`, 'HTTP 202 with no body', describe(reply))
    }
    assumeResult(await client.post(request('ping')), 'a ping afterwards')
  },
  fault: onReply(
    (request) => request.body.startsWith('['),
    (reply) =>
      reply.status === 202 ? { status: 200, headers: { 'content-type': 'application/json' }, body: '[]' } : reply,
  ),
})
