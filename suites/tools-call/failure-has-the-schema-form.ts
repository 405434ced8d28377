import { defineCheck, eachBreach, onResult } from '../../src/conformance/check.js'
import { expectShape, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A result with isError has the form of the schema too: a content array that tells what went wrong',
  requirement: 'schema-tool-call-result',
  needs: ['tool'],
  hint: 'Failures need content as well: { content: [{ type: "text", text: "..." }], isError: true }.',
  async run(client) {
    let seen = 0
    await eachBreach(client, ['missing', 'type', 'bounds'], 2, ({ reply, what }) => {
      const result = reply.response?.result
      if (result === undefined) return
      seen++
      expectShape(result, 'CallToolResult', client.revision, `the result of ${what}`)
    })
    if (seen === 0) notApplicable('the server answers invalid arguments with JSON-RPC errors')
  },
  fault: onResult('tools/call', (result) =>
    result.isError ? { isError: true, error: result.content[0]?.text } : result,
  ),
})
