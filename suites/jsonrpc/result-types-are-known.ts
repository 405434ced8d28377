import { defineCheck, everyModernResult, onResult } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Results are of the types of the protocol, or of extensions that the server advertises',
  requirement: 'jsonrpc-result-type-known',
  needs: ['modern'],
  hint: 'complete and input_required, in small letters; clients refuse a result of another type as a whole.',
  async run(client) {
    const extended = Object.keys(client.facts.capabilities.extensions ?? {}).length > 0
    for (const message of await everyModernResult(client)) {
      const { resultType = 'complete' } = message.result
      const known = resultType === 'complete' || resultType === 'input_required'
      expect(known || (extended && typeof resultType === 'string'), 'a result of another type', 'complete', message)
    }
  },
  fault: onResult('prompts/get', (result) => ({ ...result, resultType: 'COMPLETE' })),
})
