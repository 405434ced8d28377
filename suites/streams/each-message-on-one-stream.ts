import { defineCheck, isResponse, type Reply, request } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Each message is sent on exactly one of the open streams',
  requirement: 'sse-no-broadcast',
  needs: ['get-stream'],
  hint: 'Pick one stream per message: the one of the request it belongs to, else one GET stream.',
  async run(client) {
    const session = await client.open()
    const streams = [await session.get(), await session.get()].filter((stream) => stream.isStream)
    const posts: Reply[] = []
    for (const tool of client.tools) {
      const message = request('tools/call', { ...tool, _meta: { progressToken: client.canary('token') } })
      posts.push(await session.post(message))
    }
    posts.push(await session.request('tools/list'), await session.request('ping'))
    await client.pause(150)
    const seen = new Map<string, Reply>()
    for (const stream of [...streams, ...posts].filter((reply) => reply.isStream)) {
      for (const message of stream.messages) {
        const text = JSON.stringify(message)
        const before = seen.get(text)
        expect(
          before === undefined || before === stream,
          'the same message came on two streams',
          'one stream per message',
          message,
        )
        seen.set(text, stream)
      }
    }
    const own = [...seen.keys()].filter((text) => !isResponse(JSON.parse(text)))
    if (own.length === 0 && seen.size === 0) notApplicable('no event stream carried a message while we listened')
  },
  fault: {
    message(message, { channel, streams, request }) {
      if (channel === 'get-stream') return undefined
      for (const stream of streams) if (stream.request !== request) stream.send({ data: JSON.stringify(message) })
      return undefined
    },
  },
})
