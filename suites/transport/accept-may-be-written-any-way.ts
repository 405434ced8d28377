import { calls, defineCheck, instead, json, plainRequest, request } from '../../src/conformance/check.js'
import { assume, expectResult } from '../../src/conformance/expect.js'

const spellings = [
  'text/event-stream, application/json',
  'application/json,text/event-stream',
  'application/json;q=1.0, text/event-stream;q=0.9',
  'application/json, text/event-stream, */*',
]

export default defineCheck({
  title: 'A request is answered however its Accept header lists the two media types',
  requirement: 'transport-request-content-type',
  needs: ['streamable'],
  hint: 'Look for both media types in Accept, in any order and with parameters; do not compare the whole value.',
  async run(client) {
    const control = await client.request(client.plainMethod)
    assume(control.response?.result !== undefined, 'a ping with the usual Accept header is answered', control)
    for (const accept of spellings)
      expectResult(await client.post(request(client.plainMethod), { accept }), `a ping with Accept: ${accept}`)
  },
  fault: instead(
    (request) => calls(plainRequest)(request) && request.headers.accept?.startsWith('text/event-stream') === true,
    () => json(406, { jsonrpc: '2.0', error: { code: -32000, message: 'Not Acceptable' } }),
  ),
})
