import { defineCheck, eachBreach, expectNotServed } from '../../src/conformance/check.js'
import { advise, describe } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Arguments that break the inputSchema are answered with a result that has isError true',
  requirement: 'tools-input-validation-is-error',
  needs: ['tool'],
  hint: 'Since 2025-11-25 validation failures are tool results, so that the model reads them and corrects itself; -32602 ends at the client.',
  run: (client) =>
    eachBreach(client, ['missing', 'type', 'bounds'], 6, ({ reply, what }) => {
      expectNotServed(reply, what)
      advise(
        reply.response?.result !== undefined,
        `${what} should be answered with isError, which the model gets to see`,
        'a result with isError true',
        describe(reply),
      )
    }),
  fault: {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || message.result?.isError !== true) return undefined
      return { jsonrpc: '2.0', id: message.id, error: { code: -32602, message: message.result.content[0].text } }
    },
  },
})
