import { defineCheck, onResult } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An outputSchema, where a tool has one, has type object at its root',
  requirement: 'tools-output-schema-root-object',
  needs: ['capability:tools'],
  atEachRevision: true,
  hint: 'Wrap lists and plain values into an object with one member; until 2026-07-28 structured results are objects only.',
  async run(client) {
    const { tools } = await client.survey()
    if (tools.length === 0) notTestable('tools/list shows no tools')
    for (const tool of tools) {
      if (!('outputSchema' in tool)) continue
      expect(
        tool.outputSchema?.type === 'object',
        `outputSchema of ${tool.name} must have type "object"`,
        '{"type": "object", ...}',
        tool.outputSchema,
      )
    }
  },
  fault: onResult('tools/list', (result) => ({
    ...result,
    tools: result.tools.map((tool: any) => ({ ...tool, outputSchema: { type: 'array', items: {} } })),
  })),
})
