import { callOf, defineCheck, isObject, slowTool } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'When a client loses its GET stream the requests it made beside it go on',
  requirement: 'sse-disconnect-not-cancel',
  needs: ['session', 'get-stream', 'tool'],
  hint: 'A closed stream ends that stream alone: what runs in the session is cancelled by notifications/cancelled.',
  async run(client) {
    const slow = await slowTool(client)
    const session = await client.open()
    const timeoutMs = slow.ms * 2 + client.timeoutMs
    for (const attempt of [1, 2]) {
      const stream = await session.get()
      assume(stream.isStream, 'GET opens a stream', stream)
      const call = session.post(callOf(slow), {}, { timeoutMs })
      await client.pause(slow.ms / 4)
      stream.close()
      const reply = await call
      if (isObject(reply.response?.result)) return
      const what = `${slow.tool.name} was not answered after the GET stream beside it had been dropped`
      expect(attempt === 1, what, 'its result', describe(reply))
    }
  },
  fault: () => {
    const dropped = new Set<unknown>()
    return {
      hangup({ method, headers }) {
        if (method === 'GET') dropped.add(headers['mcp-session-id'])
        return undefined
      },
      message(message, { call, request: { headers } }) {
        const lost = call?.method === 'tools/call' && 'id' in message && dropped.has(headers['mcp-session-id'])
        return lost ? null : undefined
      },
    }
  },
})
