import { defineCheck, eachMessage, isObject } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every message is a JSON-RPC 2.0 object and says so, errors and notifications included',
  requirement: 'jsonrpc-version-member',
  hint: 'Errors written by hand, outside the SDK, are where jsonrpc: "2.0" is usually forgotten.',
  last: true,
  async run(client) {
    await eachMessage(client, (message) => {
      expect(isObject(message), 'the server sent a value that is no JSON-RPC message', 'an object', message)
      expect(message.jsonrpc === '2.0', 'a message lacks jsonrpc: "2.0"', '2.0', message)
    })
  },
  fault: {
    message(message) {
      if (!('error' in message)) return undefined
      const { jsonrpc: _, ...rest } = message
      return rest
    },
  },
})
