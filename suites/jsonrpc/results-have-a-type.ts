import { defineCheck, everyModernResult, onResult } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every result has a resultType',
  requirement: 'jsonrpc-result-type-present',
  needs: ['modern'],
  hint: 'Results of every method, those of extensions and failed tools too: "complete" where nothing else is to be said.',
  async run(client) {
    for (const message of await everyModernResult(client))
      expect(typeof message.result.resultType === 'string', 'a result without resultType', 'a text', message)
  },
  fault: onResult('resources/read', ({ resultType, ...result }) => result),
})
