import { defineCheck, onResult } from '../../src/conformance/check.js'
import { advise, assume, expect, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'logging/setLevel returns an empty result',
  requirement: 'schema-empty-results',
  needs: ['capability:logging'],
  hint: 'Return {}: not null, not the level, not a text.',
  async run(client) {
    const reply = await client.request('logging/setLevel', { level: 'warning' })
    assume(reply.response !== undefined && !('error' in reply.response), 'logging/setLevel succeeds', reply)
    const { result } = reply.response
    expect(result !== undefined, 'logging/setLevel must return a result', {}, reply.response)
    expectShape(result, 'EmptyResult', client.revision, 'the result of logging/setLevel')
    const extra = Object.keys(result).filter((key) => key !== '_meta')
    advise(extra.length === 0, 'the result of logging/setLevel holds more than _meta', {}, result)
  },
  fault: onResult('logging/setLevel', () => 'warning'),
})
