import { defineCheck, instead, json, notification, request } from '../../src/conformance/check.js'
import { assumeResult, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Each request of a batch is answered with its own id, unknown methods with an error',
  requirement: 'jsonrpc-batch-receive',
  needs: ['streamable'],
  hint: 'In 2025-03-26 the body of a POST may be an array: treat each element as a message of its own.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request('ping'), 'a ping')
    const odd = await session.request('gauntlet/unknown')
    const list = client.facts.capabilities.tools ? 'tools/list' : 'ping'
    const [ping, listing, unknown, late] = [
      request('ping', undefined, 'batch-ping'),
      request(list),
      request('gauntlet/unknown'),
      request('ping'),
    ]
    const batches = [
      [ping, notification('notifications/progress', { progressToken: 'none', progress: 1 }), listing],
      ...(odd.response ? [[unknown, request('ping')]] : []),
      [late],
    ]
    for (const batch of batches) {
      const reply = await session.post(batch)
      const asked = batch.filter((message) => 'id' in message)
      const said = (id: unknown) =>
        session.received.map(({ message }) => message as any).filter((message) => message?.id === id)
      for (const { id, method } of asked) {
        expect(
          said(id).length === 1,
          `${method} with the id ${JSON.stringify(id)} in a batch of ${batch.length} has ${said(id).length} answers`,
          'one answer',
          describe(reply),
        )
        expect(
          (method === unknown.method) === 'error' in said(id)[0],
          `${method} in a batch has the answer to something else`,
          undefined,
          said(id)[0],
        )
        if (method === 'tools/list')
          expect(
            Array.isArray(said(id)[0].result?.tools),
            'tools/list in a batch has the answer to something else',
            'tools',
            said(id)[0],
          )
      }
    }
  },
  fault: instead(
    (request) => request.body.startsWith('['),
    () => json(400, { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'Invalid Request' } }),
  ),
})
