import { confirmed, defineCheck, heardByTwins, hearingSession, talkers } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What a call says while it works comes on its own stream only, also when the same tool runs twice at once',
  requirement: 'sse-no-broadcast',
  needs: ['sse-answers', 'tool'],
  hint: 'Send notifications of a call through the handle of its request (extra.sendNotification, ctx), not to all open streams.',
  async run(client) {
    const session = await hearingSession(client)
    // Each of two calls says as much as one alone; what is sent to all is heard about twice on each stream.
    for (const talker of await talkers(client))
      await confirmed(async () => {
        const { tool, alone } = talker
        const known = (await heardByTwins(session, talker)).map((said) => said.length)
        const what = `two calls of ${tool.name} at once heard each other's messages`
        expect(Math.min(...known) < 1.5 * alone.length, what, `about ${alone.length} on each stream`, known)
      })
  },
  fault: {
    message(message, { streams, request, channel }) {
      if (channel !== 'post-stream' || message.method !== 'notifications/message') return undefined
      for (const stream of streams)
        if (stream.request !== request && stream.request.message?.method === 'tools/call')
          stream.send({ data: JSON.stringify(message) })
      return undefined
    },
  },
})
