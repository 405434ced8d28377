import { defineCheck, onError } from '../../src/conformance/check.js'
import { assumeResult, expect, notApplicable } from '../../src/conformance/expect.js'

const methods = {
  tools: 'tools/list',
  resources: 'resources/list',
  prompts: 'prompts/list',
  logging: 'logging/setLevel',
} as const

export default defineCheck({
  title: 'A method of a capability the server did not declare is answered with -32601, if not served',
  requirement: 'jsonrpc-unknown-method-code',
  async run(client) {
    assumeResult(await client.ask('ping'), 'a ping')
    const undeclared = Object.entries(methods).filter(([capability]) => !client.facts.capabilities[capability])
    if (undeclared.length === 0) notApplicable('the server declares tools, resources, prompts and logging')
    for (const [capability, method] of undeclared) {
      const reply = await client.request(method, capability === 'logging' ? { level: 'error' } : undefined)
      const code = reply.response?.error?.code
      expect(
        code === undefined || code === -32601,
        `${method} is not served, but the code is not that of an unknown method`,
        -32601,
        reply.response,
      )
    }
  },
  fault: onError((error) => ({ ...error, code: -32000 }), /./),
})
