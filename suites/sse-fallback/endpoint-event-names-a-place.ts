import { connectOld, defineCheck } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Each connection gets an endpoint event with the URI to post to',
  requirement: 'legacy-sse-endpoint-event',
  needs: ['legacy-sse'],
  hint: 'Send `event: endpoint` with nothing but the URI or path as data: no JSON, no quotes; mind the prefix a proxy or mount adds.',
  async run(client) {
    for (const old of [await connectOld(client), await connectOld(client)]) {
      assume(old.stream.status === 200 && old.stream.isStream, 'GET opens an event stream', old.stream)
      const event = old.stream.events.find((one) => one.event === 'endpoint')
      const place = event?.data.trim() ?? ''
      const names = old.stream.events.map((one) => one.event ?? 'message')
      expect(event !== undefined, 'a connection must begin with an event named endpoint', 'endpoint', names)
      expect(
        /^[^\s"{<]+$/.test(place) && URL.canParse(place, client.facts.url),
        'the data of the endpoint event must be a URI',
        'a URI or path',
        event.data,
      )
      const reply = await old.post({ jsonrpc: '2.0', id: 1, method: 'ping' })
      old.stream.close()
      expect(
        reply.status !== 404 && reply.status !== 405,
        'the announced URI must take POST',
        'HTTP 2xx',
        `HTTP ${reply.status} at ${place}`,
      )
    }
  },
  fault: {
    event: (event, { request }) =>
      event.event === 'endpoint' && request.headers['cache-control']
        ? { ...event, data: JSON.stringify({ uri: event.data }) }
        : undefined,
  },
})
