import { defineCheck, greeting, onResult } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that lists or runs tools declares the tools capability',
  requirement: 'tools-capability-declared',
  hint: 'Put `tools: {}` into the capabilities of the initialize result; clients that find none there never ask for tools.',
  async run(client) {
    const session = await client.session()
    const opening = session.opening.response?.result
    assume(typeof opening === 'object', 'initialize is answered with a result', session.opening)
    const listed = (await client.request('tools/list')).response?.result?.tools
    const served = Array.isArray(listed) && listed.length > 0
    const declared = opening.capabilities?.tools
    expect(
      !served || (typeof declared === 'object' && declared !== null),
      'tools/list shows tools, so the capability must be declared',
      'capabilities.tools: {}',
      opening.capabilities,
    )
  },
  fault: onResult(greeting, ({ capabilities: { tools: _, ...capabilities }, ...result }) => ({
    ...result,
    capabilities,
  })),
})
