import {
  calls,
  defineCheck,
  expectNoResult,
  instead,
  json,
  requestAlone,
  servedCalls,
} from '../../src/conformance/check.js'
import { assume, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Any request may be the first of its connection, and is judged by itself',
  requirement: 'versioning-no-connection-context',
  callsTools: true,
  needs: ['modern'],
  hint: 'Take version, client and capabilities from the request alone; ask for no server/discover before it.',
  async run(client) {
    const served = await servedCalls(client)
    const mirroring = client.facts.modern?.headerTools ?? []
    const plain = served.filter(({ params }) => !mirroring.includes(String(params?.name)))
    assume(plain.length > 0, 'a valid request is answered with a result')
    for (const { method, params } of plain)
      expectResult(await requestAlone(client, method, params), `${method} as the first request of its connection`)
    const [{ method, params }] = plain as [(typeof plain)[0]]
    for (let turn = 0; turn < 2; turn++) {
      expectResult(await client.request(method, params), `${method} between requests in an unknown version`)
      const unknown = { meta: { protocolVersion: '1999-01-01' } }
      expectNoResult(await client.request(method, params, unknown), `${method} in an unknown version, after a good one`)
    }
  },
  fault: instead(
    (request) => request.headers.connection === 'close' && calls(/^(tools|resources|prompts)\//)(request),
    ({ message }) =>
      json(400, { jsonrpc: '2.0', id: message?.id, error: { code: -32600, message: 'server/discover comes first' } }),
  ),
})
