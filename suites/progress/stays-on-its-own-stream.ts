import { callTool, defineCheck, listeningSession, progressIn, progressingTools } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress of a call never comes on the stream of another call',
  requirement: 'sse-messages-relate',
  needs: ['tool', 'sse-answers'],
  hint: 'Keep one stream per request id; a server object with one current stream sends everything to the latest.',
  async run(client) {
    const [tool] = await progressingTools(client)
    const session = await listeningSession(client)
    const tokens = [client.canary('token'), client.canary('token'), client.canary('token')]
    const replies = await Promise.all(
      tokens.map((progressToken) => callTool(session, tool.name, tool.arguments, { progressToken })),
    )
    assumeResult(replies[0]!, `the call of ${tool.name}`)
    for (const { reply, token } of progressIn(session.received)) {
      const own = replies.indexOf(reply)
      expect(
        own < 0 || !tokens.includes(String(token)) || token === tokens[own],
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
