import { defineCheck, eachServed, encodedValue, mismatches, namedMethods, nameOf } from '../../src/conformance/check.js'
import { expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An Mcp-Name in base64 form is decoded before it is compared',
  requirement: 'headers-name-base64-decoded',
  hint: 'Take what stands between =?base64? and ?= as the base64 of UTF-8 text, and compare that text with the body.',
  run: (client) =>
    eachServed(
      client,
      (call) => ({ headers: { 'mcp-name': encodedValue(nameOf(call)) } }),
      (reply, method) => {
        expectResult(reply, `${method} with its name in base64`)
      },
      namedMethods,
    ),
  fault: mismatches(({ headers }) => headers['mcp-name']?.startsWith('=?base64?') === true),
})
