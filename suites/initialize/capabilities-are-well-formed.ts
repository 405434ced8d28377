import { defineCheck, greeting, handshake, isObject, offerAll, onResult } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

const flags: Record<string, string[]> = {
  logging: [],
  experimental: [],
  prompts: ['listChanged'],
  resources: ['subscribe', 'listChanged'],
  tools: ['listChanged'],
}

export default defineCheck({
  title: 'Declared capabilities are objects and their flags booleans',
  requirement: 'schema-server-capabilities',
  hint: 'Declare a capability as an object, as in {"tools": {}}; leave out what you do not offer, do not set it to null or false.',
  async run(client) {
    await offerAll(client, client.facts.revisions)
    for (const revision of client.facts.revisions) {
      const { capabilities } = assumeResult(await handshake(client, revision), 'initialize')
      expect(isObject(capabilities), 'capabilities must be an object', 'an object', capabilities)
      const known = {
        ...flags,
        ...(revision >= '2025-03-26' ? { completions: [] } : {}),
        ...(revision >= '2025-11-25' ? { tasks: [] } : {}),
      }
      for (const [name, members] of Object.entries(known)) {
        const value: unknown = capabilities[name]
        if (value === undefined) continue
        expect(isObject(value), `the capability ${name} must be an object (${revision})`, 'an object', value)
        for (const member of members)
          expect(
            value[member] === undefined || typeof value[member] === 'boolean',
            `${name}.${member} must be a boolean (${revision})`,
            'true or false',
            value[member],
          )
      }
    }
  },
  fault: onResult(greeting, (result) => ({
    ...result,
    capabilities: { ...result.capabilities, tools: { listChanged: 'yes' } },
  })),
})
