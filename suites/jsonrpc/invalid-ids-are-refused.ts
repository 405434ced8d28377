import { defineCheck, expectRefusal, onError } from '../../src/conformance/check.js'
import { assumeResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A request whose id is null, a boolean, an array or an object is refused, in JSON-RPC with the code -32600',
  requirement: 'jsonrpc-invalid-request-code',
  hint: 'In MCP an id is a string or an integer; JSON-RPC itself would allow null.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    for (const id of [null, true, [1], { id: 1 }]) {
      const body = { jsonrpc: '2.0', id, method: client.plainMethod }
      await expectRefusal(session, body, [-32600], `a ping with the id ${JSON.stringify(id)}`, {
        silence: 'allowed',
        result: 'poor',
      })
    }
  },
  fault: onError((error) => (error.code === -32600 ? { ...error, code: -32000 } : error)),
})
