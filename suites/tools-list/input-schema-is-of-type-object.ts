import { defineCheck, onResult } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every tool has an inputSchema with type object at its root',
  requirement: 'tools-input-schema-root-object',
  needs: ['capability:tools'],
  atEachRevision: true,
  hint: 'Write { "type": "object" } for a tool without parameters; one tool without it makes clients drop all of them.',
  async run(client) {
    const { tools } = await client.survey()
    if (tools.length === 0) notTestable('tools/list shows no tools')
    for (const tool of tools)
      expect(
        tool.inputSchema?.type === 'object',
        `inputSchema of ${tool.name} must have type "object"`,
        '{"type": "object", ...}',
        tool.inputSchema,
      )
  },
  fault: onResult('tools/list', (result) => ({
    ...result,
    tools: result.tools.map(({ inputSchema: { type: _, ...inputSchema }, ...tool }: any) => ({ ...tool, inputSchema })),
  })),
})
