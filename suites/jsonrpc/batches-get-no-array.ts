import { defineCheck, firstArray, json, request } from '../../src/conformance/check.js'
import { advise, assume } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A batch is not answered with an array where the protocol has no batches',
  requirement: 'jsonrpc-no-batch-output',
  hint: 'From 2025-06-18 on refuse arrays with 400 and -32600.',
  async run(client) {
    const session = await client.session()
    const control = await session.request(client.plainMethod)
    assume(control.response !== undefined, 'a ping is answered', control)
    const batches = [
      await session.post([request(client.plainMethod), request(client.plainMethod)]),
      await session.post([request(client.plainMethod)]),
    ]
    await session.request(client.plainMethod)
    const array = firstArray([...batches, ...session.received.map(({ reply }) => reply)])
    // The client broke a rule first by sending a batch.
    advise(
      array === undefined,
      'a batch was answered with an array of responses',
      'an error, or single messages',
      array,
    )
  },
  fault: () => {
    let batch = false
    return {
      request(request) {
        batch ||= request.body.startsWith('[')
        return request.body.startsWith('[') ? json(200, [{ jsonrpc: '2.0', id: 1, result: {} }]) : undefined
      },
      event: (event) => (batch && event.data.startsWith('{') ? { ...event, data: `[${event.data}]` } : undefined),
    }
  },
})
