import { confirmed, defineCheck, heardByTwins, hearingSession, talkers } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What a call says while it works does not come on the stream of a newer call',
  requirement: 'sse-messages-relate',
  needs: ['sse-answers', 'tool'],
  hint: 'Keep the stream with the request it was opened for, not one "current" stream for the session or the logger.',
  async run(client) {
    const session = await hearingSession(client)
    for (const talker of await talkers(client))
      await confirmed(async () => {
        const [one, other] = await heardByTwins(session, talker)
        // What is said once for all calls at once comes once; what each says and comes twice in one place went astray.
        const moved = talker.alone.filter((text) => times(talker.alone, text) === 1 && astray(one, other, text))
        const what = `of two calls of ${talker.tool.name} at once, one was heard on the stream of the other`
        expect(moved.length < 2, what, 'each message on the stream of its call', moved)
      })
  },
  fault: {
    message(message, { streams, request, channel }) {
      if (channel !== 'post-stream' || message.method !== 'notifications/message') return undefined
      const newest = streams.findLast(({ request: one }) => one.message?.method === 'tools/call')
      if (!newest || newest.request === request) return undefined
      newest.send({ data: JSON.stringify(message) })
      return null
    },
  },
})

function astray(one: string[], other: string[], text: string): boolean {
  const counts = [times(one, text), times(other, text)]
  return Math.max(...counts) === 2 && Math.min(...counts) === 0
}

function times(said: string[], text: string): number {
  return said.filter((other) => other === text).length
}
