import { defineCheck, onResult, toolResults, valueProblems } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A tool with an outputSchema returns structuredContent that conforms to it',
  requirement: 'tools-structured-content-conforms',
  needs: ['tool'],
  atEachRevision: true,
  hint: 'Validating clients drop the whole result. Usual causes: null for a missing value, fields the schema does not list, numbers as text.',
  async run(client) {
    const results = (await toolResults(client, true)).filter(
      ({ tool, result }) => tool.definition.outputSchema !== undefined && result.isError !== true,
    )
    if (results.length === 0) notApplicable('no named tool has an outputSchema')
    for (const { tool, result, what } of results) {
      expect(
        result.structuredContent !== undefined,
        `${what} must have structuredContent, since the tool has an outputSchema`,
        'structuredContent',
        result,
      )
      const problems = valueProblems(tool.definition.outputSchema, result.structuredContent) ?? []
      expect(
        problems.length === 0,
        `structuredContent of ${what} does not fit the outputSchema: ${problems.slice(0, 3).join('; ')}`,
        tool.definition.outputSchema,
        result.structuredContent,
      )
    }
  },
  fault: onResult('tools/call', (result) =>
    result.structuredContent
      ? { ...result, structuredContent: { ...result.structuredContent, location: null, forecast: null } }
      : result,
  ),
})
