import { defineCheck, everyError, onError } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Error messages are one concise sentence',
  requirement: 'jsonrpc-error-message-concise',
  hint: 'Put details in data; log stack traces and schema reports instead of sending them.',
  async run(client) {
    for (const { error, message } of await everyError(client)) {
      const text = String(error?.message ?? '')
      expect(!/[\r\n]/.test(text.trim()), 'an error message runs over several lines', 'one sentence', message)
      expect(text.length <= 300, `an error message is ${text.length} characters long`, 'one sentence', message)
      expect(
        !/Traceback \(most recent call|\s+at \S+ \(.+:\d+:\d+\)/.test(text),
        'an error message shows a stack trace',
        'one sentence',
        message,
      )
    }
  },
  fault: onError((error) => ({ ...error, message: `${error.message}\n    at handle (/app/server.js:1:1)` })),
})
