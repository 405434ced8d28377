import { defineCheck, isServerRequest, provokedRequests } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress tokens in requests of the server are texts or integers, each used by one request',
  requirement: 'progress-server-token-valid',
  needs: ['tool'],
  callsTools: true,
  async run(client) {
    const { received } = await client.survey()
    const toured = received.map(({ message }) => message).filter(isServerRequest)
    // Most servers ask only clients that declare what they are asked for.
    for (const asked of [toured, await provokedRequests(client)]) {
      const tokens = asked.map(({ params }) => params?._meta?.progressToken).filter((token) => token !== undefined)
      for (const token of tokens)
        expect(
          typeof token === 'string' || Number.isInteger(token),
          'a progress token of the server has the wrong type',
          'a string or an integer',
          token,
        )
      expect(
        new Set(tokens).size === tokens.length,
        'two requests of the server have the same progress token',
        'unique tokens',
        tokens,
      )
    }
  },
  fault: {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || !('result' in message)) return undefined
      return [{ jsonrpc: '2.0', id: 'from-server', method: 'ping', params: { _meta: { progressToken: 1.5 } } }, message]
    },
  },
})
