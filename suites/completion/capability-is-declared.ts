import { completables, completing, defineCheck, greeting, isObject, onResult } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that suggests completions declares the completions capability',
  requirement: 'completion-capability-declared',
  hint: 'Put `completions: {}` into the capabilities of the initialize result; clients that find none there never ask.',
  async run(client) {
    const { capabilities } = assumeResult((await client.session()).opening, 'initialize')
    if (isObject(capabilities?.completions)) return
    for (const one of await completables(client)) {
      const { response } = await client.request('completion/complete', completing(one))
      const values = response?.result?.completion?.values
      const silent = !Array.isArray(values) || values.length === 0
      expect(
        silent,
        'values are suggested, so the capability must be declared',
        'capabilities.completions: {}',
        capabilities,
      )
    }
  },
  fault: onResult(greeting, ({ capabilities: { completions: _, ...capabilities }, ...result }) => ({
    ...result,
    capabilities,
  })),
})
