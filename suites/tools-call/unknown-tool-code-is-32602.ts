import { defineCheck, onError, throttled } from '../../src/conformance/check.js'
import { advise, assume } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The error for an unknown tool has the code -32602',
  requirement: 'tools-unknown-tool-error',
  needs: ['capability:tools'],
  hint: 'The method tools/call exists, so -32601 is wrong, and nothing failed inside, so -32603 is wrong: the params are, which is -32602.',
  async run(client) {
    const replies = [
      await client.request('tools/call', { name: client.canary(), arguments: {} }),
      await client.request('tools/call', { name: client.canary() }),
    ]
    for (const reply of replies) {
      assume(!throttled(reply), 'the server lets us call', reply)
      const error = reply.response?.error
      assume(typeof error === 'object' && error !== null, 'an unknown tool is answered with a JSON-RPC error', reply)
      advise(
        error.code === -32602,
        'the error for an unknown tool should have the code the spec shows',
        -32602,
        error.code,
      )
    }
  },
  fault: onError((error) => ({ ...error, code: -32603 }), 'tools/call'),
})
