import { defineCheck, droppedWork, type FaultContext, isResponse, workShown } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A call whose connection was dropped works on, as what it leaves behind shows',
  requirement: 'sse-disconnect-not-cancel',
  needs: ['sse-answers', 'tool'],
  alone: true,
  early: workShown,
  hint: 'Do not abort the work of a call when its connection closes: only notifications/cancelled cancels.',
  async run(client) {
    const { tool, missing } = await droppedWork(client)
    const what = `what shows that ${tool.name} works did not come after the connection of its call had been dropped`
    expect(missing.length === 0, what, missing, 'nothing of it, in any of three calls')
  },
  fault: {
    message(message, { channel, call, request, streams }: FaultContext) {
      if (channel !== 'post-stream' || call?.method !== 'tools/call' || !isResponse(message)) return undefined
      const session = request.headers['mcp-session-id']
      const log = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'error', data: 'done' } }
      for (const stream of streams)
        if (stream.request.method === 'GET' && stream.request.headers['mcp-session-id'] === session)
          stream.send({ data: JSON.stringify(log) })
      return undefined
    },
  },
})
