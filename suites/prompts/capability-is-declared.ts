import { defineCheck, greeting, isObject, onResult } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that lists prompts declares the prompts capability',
  requirement: 'prompts-capability-declared',
  hint: 'Put `prompts: {}` into the capabilities of the initialize result; clients that find none there never ask.',
  async run(client) {
    const { capabilities } = assumeResult((await client.session()).opening, 'initialize')
    const listed = (await client.request('prompts/list')).response?.result?.prompts
    const served = Array.isArray(listed) && listed.length > 0
    const honest = !served || isObject(capabilities?.prompts)
    expect(honest, 'prompts are listed, so the capability must be declared', 'capabilities.prompts: {}', capabilities)
  },
  fault: onResult(greeting, ({ capabilities: { prompts: _, ...capabilities }, ...result }) => ({
    ...result,
    capabilities,
  })),
})
