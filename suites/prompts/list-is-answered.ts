import { defineCheck, unknownMethod } from '../../src/conformance/check.js'
import { expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'With the prompts capability declared every legal form of prompts/list returns an array',
  requirement: 'prompts-list-answered-legacy',
  needs: ['capability:prompts'],
  hint: 'Answer prompts/list as soon as prompts are declared, with an empty array where there are none.',
  async run(client) {
    for (const params of [undefined, {}, { _meta: { progressToken: client.canary() } }]) {
      const what = `prompts/list with params ${JSON.stringify(params) ?? 'left out'}`
      const result = expectResult(await client.request('prompts/list', params), what)
      expect(Array.isArray(result.prompts), `${what} returns an array`, '{"prompts": [...]}', result)
    }
  },
  fault: unknownMethod('prompts/list'),
})
