import { defineCheck, isObject, onResult, toolResults } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'structuredContent is a JSON object',
  requirement: 'tools-structured-content-object',
  needs: ['tool'],
  atEachRevision: true,
  hint: 'Wrap lists and plain values into an object with one member, and leave the field out where there is nothing: null is no object.',
  async run(client) {
    for (const { result, what } of await toolResults(client, true)) {
      expect(
        !('structuredContent' in result) || isObject(result.structuredContent),
        `structuredContent of ${what} must be an object`,
        '{...}',
        result.structuredContent,
      )
    }
  },
  fault: onResult('tools/call', (result) => ({ ...result, structuredContent: [1, 2] })),
})
