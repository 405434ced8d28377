import { defineCheck, isObject, parseJson } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Messages of the server are events named message with JSON as data',
  requirement: 'legacy-sse-message-events',
  needs: ['legacy-sse'],
  hint: 'Name every event that carries a JSON-RPC message `message` (or leave the name out), errors and notifications too.',
  async run(client) {
    const { received } = await client.survey()
    const events = [...new Set(received.map((one) => one.reply))].flatMap((stream) => stream.events)
    assume(events.length > 1, 'messages arrived on the stream')
    for (const { event = 'message', data } of events) {
      const value = parseJson(data)
      if (isObject(value) && value.jsonrpc === '2.0')
        expect(event === 'message', 'a message came under another event name', 'message', event)
      if (event === 'message' && data !== '')
        expect(
          typeof value === 'object' && value !== null,
          'the data of a message event must be JSON',
          'a JSON-RPC message',
          data.slice(0, 300),
        )
    }
  },
  fault: {
    event: (event) =>
      event.event === 'message' && event.data.includes('"error"') ? { ...event, event: 'error' } : undefined,
  },
})
