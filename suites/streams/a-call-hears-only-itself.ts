import {
  confirmed,
  defineCheck,
  isNotification,
  knownTools,
  type Reply,
  type Session,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What a call says while it works comes on its own stream only, also when the same tool runs twice at once',
  requirement: 'sse-no-broadcast',
  needs: ['sse-answers', 'tool'],
  hint: 'Send notifications of a call through the handle of its request (extra.sendNotification, ctx), not to all open streams.',
  async run(client) {
    const session = await client.open()
    if (client.facts.capabilities.logging) await session.request('logging/setLevel', { level: 'debug' })
    const tools = (await knownTools(client)).filter((tool) => tool.ms <= 1000)
    const heard = await Promise.all(
      tools.map(async ({ name, arguments: args }) => {
        const alone = spoken(await session.request('tools/call', { name, arguments: args }))
        return { name, args, alone }
      }),
    )
    const talkers = heard.filter(({ alone }) => alone.length > 0)
    if (talkers.length === 0) notTestable('no named tool sends a notification while it works: name one that logs')
    // Each of two calls says as much as one alone; what is sent to all is heard about twice on each stream.
    for (const { name, args, alone } of talkers)
      await confirmed(async () => {
        const twice = await twins(session, name, args)
        const known = twice.map((said) => said.filter((text) => alone.includes(text)).length)
        const what = `two calls of ${name} at once heard each other's messages`
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

function twins(session: Session, name: string, args: unknown): Promise<string[][]> {
  const call = async () => spoken(await session.request('tools/call', { name, arguments: args }))
  return Promise.all([call(), call()])
}

/** What came on the stream of a call beside its response; progress is judged by its token elsewhere. */
function spoken(reply: Reply): string[] {
  const notes = reply.isStream ? reply.messages.filter(isNotification) : []
  return notes.filter(({ method }) => method !== 'notifications/progress').map((message) => JSON.stringify(message))
}
