import { defineCheck, isNotification, request } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What comes on the stream of a request belongs to that request',
  requirement: 'sse-messages-relate',
  needs: ['sse-answers', 'tool'],
  async run(client) {
    const survey = await client.survey()
    const session = await client.open()
    const calls = [...client.tools, ...client.tools].map(async (tool) => {
      const progressToken = client.canary('token')
      const message = request('tools/call', { ...tool, _meta: { progressToken } })
      return { progressToken, reply: await session.post(message) }
    })
    let notified = false
    for (const { progressToken, reply } of [...survey.toolCalls, ...(await Promise.all(calls))]) {
      const tokens = reply.messages.filter(isNotification).map((message) => message.params?.progressToken)
      const foreign = tokens.filter((token) => token !== undefined && token !== progressToken)
      notified ||= tokens.length > 0
      expect(foreign.length === 0, 'progress of one call came on the stream of another', progressToken, foreign[0])
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
