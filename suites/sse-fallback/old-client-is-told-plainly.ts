import { defineCheck, instead } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A client of the old transport that opens GET gets a stream or a plain refusal',
  requirement: 'transport-get-sse-or-405',
  needs: ['streamable'],
  hint: 'A landing page or a health report at the endpoint makes old clients wait for events that never come: answer GET with 405.',
  async run(client) {
    const stream = await client.http({ headers: { accept: 'text/event-stream', 'cache-control': 'no-cache' } })
    stream.close()
    assume(![0, 401, 403, 429, 502, 503, 504].includes(stream.status), 'GET reaches the server', stream)
    const refused = client.facts.sessions ? stream.status >= 400 && stream.status < 500 : stream.status === 405
    const good = refused || (stream.status === 200 && stream.isStream)
    expect(
      good,
      'GET without a session must open an event stream or be refused',
      'text/event-stream or HTTP 405',
      describe(stream),
    )
  },
  fault: instead(
    (request) => request.method === 'GET' && request.headers['mcp-session-id'] === undefined,
    () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>MCP</h1>' }),
  ),
})
