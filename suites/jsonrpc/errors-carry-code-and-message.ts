import { defineCheck, eachError, isObject, onError } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every error has a code and a message',
  requirement: 'jsonrpc-error-code-message',
  hint: 'Make errors in one place, so that none is sent as a bare string or without its code.',
  last: true,
  async run(client) {
    await eachError(client, (error, message) => {
      expect(isObject(error), 'an error is no object', 'an object with code and message', message)
      expect(error.code !== undefined && error.code !== null, 'an error has no code', 'a code', message)
      expect(typeof error.message === 'string', 'an error has no message', 'a text', message)
    })
  },
  fault: onError(({ code }) => ({ code })),
})
