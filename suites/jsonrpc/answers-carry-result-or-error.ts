import { defineCheck, eachMessage, isObject } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An answer carries a result or an error, never both and never neither',
  requirement: 'jsonrpc-result-xor-error',
  hint: 'Leave the other member out altogether: "result": null beside an error, or "error": null beside a result, is both.',
  last: true,
  async run(client) {
    await eachMessage(client, (message) => {
      if (!isObject(message) || 'method' in message) return
      expect(
        !('result' in message && 'error' in message),
        'an answer carries both a result and an error',
        'one of them',
        message,
      )
      expect(
        'result' in message || 'error' in message,
        'an answer carries neither a result nor an error',
        'one of them',
        message,
      )
    })
  },
  fault: { message: (message) => ('error' in message ? { ...message, result: null } : undefined) },
})
