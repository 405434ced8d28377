import { defineCheck, greeting, isObject, onResult } from '../../src/conformance/check.js'
import { assumeResult, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'prompts/get is served only where the prompts capability is declared',
  requirement: 'prompts-capability-respected',
  async run(client) {
    const { capabilities } = assumeResult((await client.session()).opening, 'initialize')
    if (isObject(capabilities?.prompts)) return
    const listed = (await client.request('prompts/list')).response?.result?.prompts
    const name = Array.isArray(listed) && listed[0]?.name ? listed[0].name : client.canary()
    const reply = await client.request('prompts/get', { name, arguments: {} })
    const served = Array.isArray(reply.response?.result?.messages) || (Array.isArray(listed) && listed.length > 0)
    expect(!served, 'prompts are served although the capability is not declared', 'error -32601', describe(reply))
  },
  fault: onResult(greeting, ({ capabilities: { prompts: _, ...capabilities }, ...result }) => ({
    ...result,
    capabilities,
  })),
})
