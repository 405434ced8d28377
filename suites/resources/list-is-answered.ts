import { defineCheck, unknownMethod } from '../../src/conformance/check.js'
import { expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'With the resources capability declared every legal form of resources/list returns an array',
  requirement: 'resources-list-answered-legacy',
  needs: ['capability:resources'],
  hint: 'Answer resources/list as soon as resources are declared, with an empty array where there are none.',
  async run(client) {
    for (const params of [undefined, {}, { _meta: { progressToken: client.canary() } }]) {
      const what = `resources/list with params ${JSON.stringify(params) ?? 'left out'}`
      const result = expectResult(await client.request('resources/list', params), what)
      expect(Array.isArray(result.resources), `${what} returns an array`, '{"resources": [...]}', result)
    }
  },
  fault: unknownMethod('resources/list'),
})
