import { defineCheck, instead } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The path that takes POST knows GET as well',
  requirement: 'transport-endpoint-post-get',
  needs: ['streamable'],
  hint: 'Register GET on the same path; answer 405 there if you offer no stream, never 404.',
  async run(client) {
    const control = await client.request('ping')
    assume(control.response?.result !== undefined, 'POST to the endpoint is answered', control)
    const stream = await client.get()
    stream.close()
    assume(
      stream.status !== 0 && stream.status < 500 && ![401, 403, 429].includes(stream.status),
      'GET is answered at all',
      stream,
    )
    expect(stream.status !== 404, 'GET must be known at the endpoint', 'an event stream or HTTP 405', 'HTTP 404')
  },
  fault: instead(
    (request) => request.method === 'GET',
    () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: 'Cannot GET /mcp' }),
  ),
})
