import { defineCheck, isNotification, notification } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress of a running request does not come over the GET stream',
  requirement: 'sse-get-messages-unrelated',
  needs: ['get-stream', 'tool'],
  async run(client) {
    const session = await client.open()
    const stream = await session.get()
    for (const tool of client.tools) {
      const progressToken = client.canary('token')
      const reply = await session.request('tools/call', { ...tool, _meta: { progressToken } })
      assume(reply.response !== undefined, `${tool.name} is answered`, reply)
    }
    await client.pause(100)
    const related = stream.messages.filter(
      (message) => isNotification(message) && message.method === 'notifications/progress',
    )
    expect(
      related.length === 0,
      'progress of a call came over the GET stream',
      'messages that belong to no running request',
      related[0],
    )
  },
  fault: {
    message(message, { channel, call, streams }) {
      if (channel === 'get-stream' || call?.method !== 'tools/call' || !('result' in message)) return undefined
      const progress = notification('notifications/progress', {
        progressToken: call.params?._meta?.progressToken ?? 0,
        progress: 1,
      })
      for (const stream of streams) if (stream.request.method === 'GET') stream.send({ data: JSON.stringify(progress) })
      return undefined
    },
  },
})
