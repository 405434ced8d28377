import {
  callMirroring,
  defineCheck,
  encodedValue,
  isServed,
  mirroredTexts,
  mismatches,
  modernCodes,
  nonAscii,
  withArgument,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An Mcp-Param header in base64 form is decoded before it is compared',
  requirement: 'headers-param-base64-decoded',
  needs: ['tool', 'x-mcp-header'],
  hint: 'Decode to bytes, and the bytes as UTF-8; read as Latin-1 they differ from the argument.',
  async run(client) {
    for (const { tool, parameter, header, text } of await mirroredTexts(client)) {
      const what = `${tool.name} with ${header} in base64`
      const same = await callMirroring(client, tool, { headers: { [header]: encodedValue(text) } })
      expect(isServed(same), `${what} must be served`, 'a result', describe(same))
      const beyond = nonAscii(text)
      const other = await callMirroring(client, tool, {
        arguments: withArgument(tool.arguments, parameter.path, beyond),
      })
      const { error } = other.response ?? {}
      expect(error?.code !== modernCodes.headerMismatch, `${what}: ${beyond}`, 'no HeaderMismatch', describe(other))
    }
  },
  fault: mismatches(({ headers }) => headers['mcp-param-location']?.startsWith('=?base64?') === true),
})
