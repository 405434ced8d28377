import { connectOld, defineCheck } from '../../src/conformance/check.js'
import { assume, expectEqual } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The first event of every connection is the endpoint event',
  requirement: 'legacy-sse-endpoint-first',
  needs: ['legacy-sse'],
  hint: 'Write the endpoint event before the connection is handed to anything that may send messages.',
  async run(client) {
    const connections = await Promise.all([connectOld(client), connectOld(client), connectOld(client)])
    for (const { stream, first } of connections) {
      stream.close()
      assume(stream.status === 200 && stream.isStream, 'GET opens an event stream', stream)
      expectEqual(first?.event, 'endpoint', 'the name of the first event of a connection')
    }
  },
  fault: {
    event: (event, { request }) =>
      event.event === 'endpoint' && request.headers['cache-control']
        ? [{ event: 'message', data: '{"jsonrpc":"2.0","method":"notifications/hello"}' }, event]
        : undefined,
  },
})
