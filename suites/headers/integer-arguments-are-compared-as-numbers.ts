import { callMirroring, defineCheck, isServed, mirroredArguments, mismatches } from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The header of an integer argument is compared as a number',
  requirement: 'headers-param-integer-numeric',
  needs: ['tool', 'x-mcp-header'],
  hint: 'Some languages write 42 as 42.0: compare numbers, not texts.',
  async run(client) {
    const integers = (await mirroredArguments(client)).filter(({ value }) => Number.isSafeInteger(value))
    if (integers.length === 0) notApplicable('no named tool mirrors an integer into a header')
    for (const { tool, header, text } of integers) {
      const reply = await callMirroring(client, tool, { headers: { [header]: `${text}.0` } })
      expect(isServed(reply), `${tool.name} with ${header}: ${text}.0 should be served`, 'a result', describe(reply))
    }
  },
  fault: mismatches(({ headers }) => /\.0$/.test(headers['mcp-param-day'] ?? '')),
})
