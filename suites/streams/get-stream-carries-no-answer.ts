import { defineCheck, isResponse, type Reply, request } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A plain GET stream carries no JSON-RPC response',
  requirement: 'sse-get-no-response',
  needs: ['get-stream'],
  callsTools: true,
  hint: 'Send each response on the stream of its own POST; a stream map keyed by session alone mixes them up.',
  async run(client) {
    const session = await client.open()
    const other = await client.open()
    const streams = [await session.get(), await other.get()]
    const methods = ['ping', 'tools/list', 'gauntlet/unknown', 'ping']
    await Promise.all(methods.map((method) => session.post(request(method))))
    const unknown = await session.request('tools/call', { name: client.canary(), arguments: {} })
    for (const tool of client.tools) await session.request('tools/call', { ...tool })
    const control = await session.request('ping')
    await client.pause(150)
    const stray = streams.flatMap((stream: Reply) => stream.messages.filter(isResponse))
    expect(stray.length === 0, 'a response came over a GET stream', 'no response', stray[0])
    assume(
      control.response !== undefined && unknown.status !== 0,
      'requests are answered beside an open GET stream',
      control,
    )
  },
  fault: {
    message(message, { channel, streams }) {
      if (channel === 'get-stream' || !isResponse(message)) return undefined
      for (const stream of streams) if (stream.request.method === 'GET') stream.send({ data: JSON.stringify(message) })
      return undefined
    },
  },
})
