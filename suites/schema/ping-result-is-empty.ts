import { defineCheck, onResult, request } from '../../src/conformance/check.js'
import { advise, assume, expect, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'ping returns an empty result, whatever params it has',
  requirement: 'schema-empty-results',
  hint: 'Return {}: not null, not "pong", not true.',
  async run(client) {
    for (const params of [undefined, {}, { _meta: { progressToken: client.canary() } }]) {
      const reply = await client.post(request('ping', params))
      assume(reply.response !== undefined && !('error' in reply.response), 'ping succeeds', reply)
      const { result } = reply.response
      expect(result !== undefined, 'ping must return a result', {}, reply.response)
      expectShape(result, 'EmptyResult', client.revision, 'the result of ping')
      const extra = Object.keys(result).filter((key) => key !== '_meta')
      advise(extra.length === 0, 'the result of ping holds more than _meta', {}, result)
    }
  },
  fault: onResult('ping', () => ({ pong: true })),
})
