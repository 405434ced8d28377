import { defineCheck, onResult } from '../../src/conformance/check.js'
import { expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'ping is answered with an empty result',
  requirement: 'ping-answered',
  hint: 'Answer ping with {}: no text, no time, no status.',
  async run(client) {
    const session = await client.session()
    const pings = [undefined, {}, { _meta: { progressToken: client.canary('token') } }]
    for (const params of pings) {
      for (const id of [undefined, client.canary('ping')]) {
        const result = expectResult(
          await session.request('ping', params, id ? { id } : {}),
          `ping with ${params ? JSON.stringify(params) : 'no'} params`,
        )
        const extra = Object.keys(result).filter((name) => name !== '_meta')
        expect(extra.length === 0, 'the result of ping is not empty', {}, result)
      }
    }
  },
  fault: onResult('ping', () => ({ pong: true })),
})
