import { defineCheck, onResult, toolResults, withoutNewerBlocks } from '../../src/conformance/check.js'
import { expect, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The result of a tool call has the form of the schema: content is always an array, isError a boolean',
  requirement: 'schema-tool-call-result',
  needs: ['tool'],
  atEachRevision: true,
  hint: 'Return { content: [{ type: "text", text }] }, also for failures and when there is structuredContent; never a bare text or object.',
  async run(client) {
    for (const { result, what } of await toolResults(client, true)) {
      expect(Array.isArray(result.content), `content of ${what} must be an array`, '[...]', result.content)
      const judged = client.brief ? withoutNewerBlocks(result, client.revision) : result
      expectShape(judged, 'CallToolResult', client.revision, what)
    }
  },
  fault: onResult('tools/call', (result) => ({ ...result, content: result.content[0]?.text })),
})
