import { defineCheck, progressCrowd } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress of a call never comes on the stream of another call',
  requirement: 'sse-messages-relate',
  needs: ['tool', 'sse-answers'],
  hint: 'Keep one stream per request id; a server object with one current stream sends everything to the latest.',
  async run(client) {
    const { tokens, replies, seen } = await progressCrowd(client)
    for (const { reply, token } of seen) {
      const own = replies.indexOf(reply)
      expect(
        own < 0 || !tokens.some((one) => one === token) || token === tokens[own],
        'progress of one call came on the stream of another',
        tokens[own],
        token,
      )
    }
  },
  fault() {
    return {
      event(event, { streams, request }) {
        const other = streams.find(
          (stream) => stream.request !== request && stream.request.message?.method === 'tools/call',
        )
        if (!event.data.includes('notifications/progress') || !other) return undefined
        other.send({ data: event.data })
        return null
      },
    }
  },
})
