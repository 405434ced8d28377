import { defineCheck, onResult } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Tool names consist of ASCII letters, digits, underscore, hyphen and dot',
  requirement: 'tools-name-charset',
  needs: ['capability:tools'],
  hint: 'Model APIs refuse other characters in function names; replace spaces and slashes by underscores.',
  async run(client) {
    const { tools } = await client.survey()
    if (tools.length === 0) notTestable('tools/list shows no tools')
    for (const { name } of tools) {
      if (typeof name === 'string')
        expect(/^[A-Za-z0-9_.-]*$/.test(name), 'a tool name has other characters', 'A-Z a-z 0-9 _ - .', name)
    }
  },
  fault: onResult('tools/list', (result) => ({
    ...result,
    tools: result.tools.map((tool: any) => ({ ...tool, name: tool.name.replaceAll('_', ' ') })),
  })),
})
