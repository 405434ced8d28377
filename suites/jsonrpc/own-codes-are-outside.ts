import { defineCheck, eachModernError, onError } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const standard = [-32700, -32600, -32601, -32602, -32603]

export default defineCheck({
  title: 'Codes of the server itself are outside the range that JSON-RPC reserves',
  requirement: 'jsonrpc-custom-code-outside-range',
  needs: ['modern'],
  hint: 'Any integer below -32768 or above -32000 is free.',
  last: true,
  async run(client) {
    await eachModernError(client, (error, what) => {
      // -32000 to -32099 have rules of their own, and older servers keep their codes there.
      const inside = error.code >= -32768 && error.code < -32099
      expect(
        !inside || standard.includes(error.code),
        `${what}: a code of its own in the reserved range`,
        'outside',
        error,
      )
    })
  },
  fault: onError((error) => (error.code === -32601 ? { ...error, code: -32500 } : error)),
})
