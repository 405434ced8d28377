import { defineCheck, isServerRequest } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The server does not flood its clients with pings',
  requirement: 'ping-not-excessive',
  hint: 'Ping an idle stream every 15 to 60 seconds: often enough for proxies, rarely enough for phones.',
  async run(client) {
    const session = await client.session()
    const stream = client.facts.getStream ? await session.get() : undefined
    assumeResult(await session.request('ping'), 'a ping')
    await client.pause(300)
    stream?.close()
    const pings = session.received.filter(({ message }) => isServerRequest(message) && message.method === 'ping').length
    expect(pings < 3, `the server sent ${pings} pings within about 300 ms`, 'at most a few per minute', pings)
  },
  fault: {
    message(message, { call, streams }) {
      if (call?.method !== 'ping' || !('result' in message)) return undefined
      const pings = [1, 2, 3, 4].map((id) => ({ jsonrpc: '2.0', id: `ping-${id}`, method: 'ping' }))
      const open = streams.find((stream) => stream.request.method === 'GET')
      if (!open) return [...pings, message]
      for (const ping of pings) open.send({ event: 'message', data: JSON.stringify(ping) })
      return undefined
    },
  },
})
