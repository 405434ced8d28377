import { defineCheck, isObject, onReply, type Reply, request } from '../../src/conformance/check.js'
import { assumeResult, expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A JSON-RPC error in an HTTP refusal carries the id of the request, null, or none, but no other',
  requirement: 'jsonrpc-response-id-echo',
  needs: ['streamable'],
  hint: 'A made-up id such as "server-error" matches no request, so that the call of a client that looks for its id never ends.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    const refusals: [string, Reply][] = []
    const ask = async (what: string, headers: Record<string, string | null>) => {
      const id = client.canary('refused')
      const reply = await session.post(request(client.plainMethod, undefined, id), headers, { resume: false })
      if (reply.status < 400 || !isObject(reply.response?.error)) return
      refusals.push([what, reply])
      const known = reply.response.id === id || (reply.response.id ?? null) === null
      expect(known, `the refusal of ${what} carries an id that nobody sent`, id, reply.response)
    }
    await ask('an unsupported version', { 'mcp-protocol-version': '1900-01-01' })
    if (session.id) await ask('an unknown session id', { 'mcp-session-id': client.canary() })
    if (session.id) await ask('a request without a session id', { 'mcp-session-id': null })
    await ask('a request that accepts nothing we know', { accept: 'image/png' })
    if (refusals.length === 0) notTestable('no refusal of the server came as a JSON-RPC error')
  },
  fault: onReply(
    (request) => request.headers['mcp-protocol-version'] === '1900-01-01',
    () => ({
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Bad Request"}}',
    }),
  ),
})
