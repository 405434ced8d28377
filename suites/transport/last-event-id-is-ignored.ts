import {
  answersToOldHeader,
  defineCheck,
  expectServedAsEver,
  isObject,
  type Message,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A request with Last-Event-ID is served like any other, and nothing is replayed',
  requirement: 'transport-ignore-last-event-id',
  needs: ['modern-only'],
  hint: 'Streams cannot be resumed in this revision: do not look at the header, and keep no log of events.',
  async run(client) {
    for (const { what, reply } of await answersToOldHeader(client, 'last-event-id')) {
      expectServedAsEver(reply, what)
      if (what.startsWith('subscriptions/listen')) continue
      const responses = reply.messages.filter((one): one is Message => isObject(one) && !('method' in one))
      expect(responses.length === 1, `${what} must be answered with its own response alone`, 1, responses)
    }
  },
  fault: {
    request: ({ headers, method }) =>
      headers['last-event-id'] && method === 'POST'
        ? { status: 200, headers: { 'content-type': 'text/event-stream' }, body: '' }
        : undefined,
  },
})
