import { defineCheck, onResult } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Tool names are 1 to 128 characters long',
  requirement: 'tools-name-length',
  needs: ['capability:tools'],
  async run(client) {
    const { tools } = await client.survey()
    if (tools.length === 0) notTestable('tools/list shows no tools')
    for (const { name } of tools) {
      if (typeof name === 'string')
        expect(name.length >= 1 && name.length <= 128, 'a tool name has the wrong length', '1 to 128 characters', name)
    }
  },
  fault: onResult('tools/list', (result) => ({
    ...result,
    tools: result.tools.map((tool: any) => ({ ...tool, name: tool.name.padEnd(129, 'x') })),
  })),
})
