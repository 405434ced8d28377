import {
  danglingReference,
  defineCheck,
  onResult,
  schemaProblems,
  unreadablePattern,
} from '../../src/conformance/check.js'
import { advise, expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The schemas of tools are valid in the dialect they declare, 2020-12 when they declare none',
  requirement: 'tools-schema-valid-for-dialect',
  needs: ['capability:tools'],
  hint: 'Converters often emit draft-07 or OpenAPI forms (items as a list, exclusiveMinimum: true): declare the $schema they are written for.',
  async run(client) {
    const { tools } = await client.survey()
    if (tools.length === 0) notTestable('tools/list shows no tools')
    for (const tool of tools) {
      for (const [name, schema] of [
        ['inputSchema', tool.inputSchema],
        ['outputSchema', tool.outputSchema],
      ] as const) {
        if (schema === undefined) continue
        const problems = schemaProblems(schema)
        expect(
          problems.length === 0,
          `${name} of ${tool.name} is no valid schema: ${problems.slice(0, 3).join('; ')}`,
          'a schema that fits its meta-schema',
          schema,
        )
        const dangling = danglingReference(schema)
        advise(
          dangling === undefined,
          `${name} of ${tool.name} refers to ${dangling}, which it does not define`,
          'references that lead somewhere',
          schema,
        )
        const pattern = unreadablePattern(schema)
        advise(
          pattern === undefined,
          `${name} of ${tool.name} has the pattern ${pattern}, which is no regular expression of ECMAScript`,
          'a pattern that every client can compile',
          schema,
        )
      }
    }
  },
  fault: onResult('tools/list', (result) => ({
    ...result,
    tools: result.tools.map((tool: any) => ({
      ...tool,
      inputSchema: { ...tool.inputSchema, properties: { value: { type: 'decimal' } } },
    })),
  })),
})
