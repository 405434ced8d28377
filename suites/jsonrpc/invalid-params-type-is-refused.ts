import { defineCheck, expectRefusal, onError } from '../../src/conformance/check.js'
import { assumeResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Params that are no object are refused in good order, in JSON-RPC with the code -32600 or -32602',
  requirement: 'jsonrpc-invalid-request-code',
  hint: 'Check the type of params before members are read from it.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    const method = client.facts.capabilities.tools ? 'tools/list' : client.plainMethod
    for (const params of ['text', 42, true]) {
      const body = JSON.stringify({ jsonrpc: '2.0', id: client.canary('params'), method, params })
      await expectRefusal(session, body, [-32600, -32602], `${method} with the params ${JSON.stringify(params)}`, {
        result: 'allowed',
      })
    }
  },
  fault: onError((error) => ({ ...error, code: -32603 })),
})
