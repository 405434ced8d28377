import { defineCheck, request } from '../../src/conformance/check.js'
import { assumeResult, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A tool runs for nobody without credentials, not even within a session that was opened with them',
  requirement: 'tools-access-controlled',
  needs: ['tool', 'auth', 'credentials'],
  hint: 'Authenticate each POST, before the session is looked up: a session id is no proof of identity.',
  async run(client) {
    const [tool] = client.tools
    const call = () => request('tools/call', { name: tool!.name, arguments: tool!.arguments })
    assumeResult(await client.post(call()), 'the call with credentials')
    const within = await client.post(call(), {}, { identity: 'none' })
    const outside = await (await client.open({ identity: 'none' })).post(call(), {}, { identity: 'none' })
    for (const [reply, where] of [
      [within, 'in the session'],
      [outside, 'outside any session'],
    ] as const) {
      expect(
        reply.response?.result === undefined && (reply.status === 0 || reply.status >= 400),
        `a tool call without credentials ${where} must be refused`,
        'HTTP 401',
        describe(reply),
      )
    }
  },
  fault: {
    request(request) {
      if (request.message?.method !== 'tools/call' || request.headers.authorization || request.headers['x-api-key'])
        return undefined
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: request.message.id, result: { content: [] } }),
      }
    },
  },
})
