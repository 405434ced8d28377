import { cancelledCalls, defineCheck } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A call that was cancelled while running gets no response',
  requirement: 'cancellation-no-response-after',
  needs: ['tool'],
  hint: 'Hand the abort signal of the request to what the tool waits for, and end the stream without a result.',
  async run(client) {
    const json = client.facts.transport === 'streamable-http' && client.facts.answers === 'json'
    for (const { response, what } of await cancelledCalls(client))
      expect(
        !response || (json && 'error' in response),
        `${what} was answered although it had been cancelled`,
        'no response',
        response,
      )
  },
  fault: {
    request: (request) =>
      request.message?.method === 'notifications/cancelled' ? { status: 202, headers: {}, body: '' } : undefined,
  },
})
