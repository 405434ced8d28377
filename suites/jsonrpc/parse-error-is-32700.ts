import { defineCheck, expectRefusal, onError, request } from '../../src/conformance/check.js'
import { assumeResult } from '../../src/conformance/expect.js'

const bodies = [
  ['truncated JSON', '{"jsonrpc":"2.0","id":1,"method":"ping"'],
  ['text that is no JSON', 'gauntlet: this is no JSON'],
  ['JSON with a trailing comma', '{"jsonrpc":"2.0","id":1,"method":"ping",}'],
  ['an object in single quotes', "{'jsonrpc':'2.0','id':1,'method':'ping'}"],
  ['an unfinished batch', '[{"jsonrpc":"2.0","id":1,"method":"ping"},'],
] as const

export default defineCheck({
  title: 'A body that is no JSON is refused, and a JSON-RPC error for it has the code -32700',
  requirement: 'jsonrpc-parse-error-code',
  hint: 'Catch the error of the JSON parser where the body is read and answer 400 with code -32700.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    for (const [what, body] of bodies) await expectRefusal(session, body, [-32700], what)
    assumeResult(await session.post(request(client.plainMethod)), 'a request afterwards')
  },
  fault: onError((error) => (error.code === -32700 ? { ...error, code: -32603 } : error)),
})
