import { defineCheck, isNotification, request } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What comes on the stream of a request belongs to that request',
  requirement: 'sse-messages-relate',
  needs: ['sse-answers', 'tool'],
  async run(client) {
    const calls = [...client.tools, ...client.tools].map((tool) => {
      const progressToken = client.canary('token')
      return { progressToken, message: request('tools/call', { ...tool, _meta: { progressToken } }) }
    })
    const session = await client.open()
    const replies = await Promise.all(calls.map((call) => session.post(call.message)))
    let notified = false
    for (const [index, reply] of replies.entries()) {
      const tokens = reply.messages.filter(isNotification).map((message) => message.params?.progressToken)
      const foreign = tokens.filter((token) => token !== undefined && token !== calls[index]!.progressToken)
      notified ||= tokens.length > 0
      expect(
        foreign.length === 0,
        'progress of one call came on the stream of another',
        calls[index]!.progressToken,
        foreign[0],
      )
    }
    if (!notified) notApplicable('no named tool sent a notification while it worked')
  },
  fault: {
    message(message, { streams, request, channel }) {
      const other = streams.find(
        (stream) => stream.request !== request && stream.request.message?.method === 'tools/call',
      )
      if (channel !== 'post-stream' || message.method !== 'notifications/progress' || !other) return undefined
      other.send({ data: JSON.stringify(message) })
      return null
    },
  },
})
