import { defineCheck, isObject, onResult } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The inputSchema of a tool is a JSON Schema object, never null, a boolean or a list',
  requirement: 'tools-input-schema-not-null',
  needs: ['capability:tools'],
  atEachRevision: true,
  hint: 'A tool without parameters has { "type": "object", "additionalProperties": false }, not null.',
  async run(client) {
    const { tools } = await client.survey()
    if (tools.length === 0) notTestable('tools/list shows no tools')
    for (const tool of tools) {
      const { inputSchema } = tool
      expect(isObject(inputSchema), `inputSchema of ${tool.name} must be a schema object`, 'a JSON object', inputSchema)
      const { properties = {}, required = [] } = inputSchema
      expect(
        isObject(properties),
        `properties in the inputSchema of ${tool.name} must be an object`,
        'a JSON object',
        properties,
      )
      expect(
        Array.isArray(required),
        `required in the inputSchema of ${tool.name} must be an array`,
        'a JSON array',
        required,
      )
    }
  },
  fault: onResult('tools/list', (result) => ({
    ...result,
    tools: result.tools.map((tool: any, i: number) => (i === 0 ? { ...tool, inputSchema: null } : tool)),
  })),
})
