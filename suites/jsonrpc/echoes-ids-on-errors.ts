import { defineCheck, isObject, request } from '../../src/conformance/check.js'
import { assumeResult, expectEqual, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Errors carry the id of the request that went wrong',
  requirement: 'jsonrpc-response-id-echo',
  hint: 'Only a request whose id could not be read is answered without it: take the id from the message before anything can fail.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    const { tools, resources, prompts } = client.facts.capabilities
    const wrong: [string, Record<string, unknown>?][] = [
      ['gauntlet/unknown'],
      ...(tools
        ? ([
            ['tools/call', { name: client.canary(), arguments: {} }],
            ['tools/call', {}],
            ['tools/call', { name: 5 }],
            ['tools/list', { cursor: 5 }],
          ] as [string, Record<string, unknown>][])
        : []),
      ...(resources
        ? ([
            ['resources/read', { uri: 'gauntlet-canary:///none' }],
            ['resources/read', {}],
          ] as [string, Record<string, unknown>][])
        : []),
      ...(prompts
        ? ([
            ['prompts/get', { name: client.canary() }],
            ['prompts/get', {}],
          ] as [string, Record<string, unknown>][])
        : []),
    ]
    let errors = 0
    for (const [at, [method, params]] of client.sample(wrong, 4).entries()) {
      for (const id of [`error-${at}`, -2000 - at, ...(at === 0 ? [0, '', '42'] : [])]) {
        const answer = (await session.post(request(method, params, id))).response
        if (!isObject(answer?.error)) continue
        errors++
        expectEqual(answer.id, id, `the id of the error answered to ${method}`)
      }
    }
    for (const id of client.modern ? ['error-header', -3000] : []) {
      // What names another method than the body was compared with it, so the body was read.
      const headers = { 'mcp-method': 'gauntlet/other' }
      const { response } = await session.post(request(client.plainMethod, undefined, id), headers)
      if (isObject(response?.error)) expectEqual(response.id, id, 'the id of the error for another Mcp-Method')
    }
    if (errors === 0) notTestable('the server answered no wrong request with a JSON-RPC error')
  },
  fault: {
    message: (message) => ('error' in message && typeof message.id === 'string' ? { ...message, id: null } : undefined),
  },
})
