import { defineCheck, greeting, isObject, onResult } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that lists resources or templates declares the resources capability',
  requirement: 'resources-capability-declared',
  hint: 'Put `resources: {}` into the capabilities of the initialize result; clients that find none there never ask.',
  async run(client) {
    const { opening } = await client.session()
    const { capabilities } = assumeResult(opening, 'initialize')
    const lists = await Promise.all([client.request('resources/list'), client.request('resources/templates/list')])
    const results = lists.map((reply) => reply.response?.result)
    const items: unknown[] = results.flatMap((result) => result?.resources ?? result?.resourceTemplates ?? [])
    const declared = isObject(capabilities?.resources)
    const asked = 'resources are listed, so the capability must be declared'
    expect(declared || items.length === 0, asked, 'capabilities.resources: {}', capabilities)
  },
  fault: onResult(greeting, ({ capabilities: { resources: _, ...capabilities }, ...result }) => ({
    ...result,
    capabilities,
  })),
})
