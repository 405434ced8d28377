import { defineCheck, expectRefusal, instead } from '../../src/conformance/check.js'
import { assumeResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An empty batch is refused in good order, in JSON-RPC with the code -32600',
  requirement: 'jsonrpc-invalid-request-code',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    await expectRefusal(session, '[]', [-32600], 'an empty batch', { silence: 'allowed' })
  },
  fault: instead(
    (request) => request.body === '[]',
    () => ({ status: 500, headers: {}, body: '' }),
  ),
})
