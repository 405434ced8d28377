import { defineCheck, eachError, onError } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Error codes are integers',
  requirement: 'jsonrpc-error-code-integer',
  hint: 'Map the codes of the runtime (ENOENT and the like) and HTTP texts to JSON-RPC numbers.',
  last: true,
  async run(client) {
    await eachError(client, (error, message) => {
      const code = error?.code
      expect(code === undefined || Number.isInteger(code), 'the code of an error is no integer', 'an integer', message)
    })
  },
  fault: onError((error) => ({ ...error, code: String(error.code) })),
})
