import { defineCheck } from '../../src/conformance/check.js'
import { expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'With the tools capability declared every legal form of tools/list returns the tools',
  requirement: 'tools-list-answered-legacy',
  needs: ['capability:tools'],
  hint: 'tools/list takes no params, empty params and params with only _meta; none of them may be refused.',
  async run(client) {
    const forms = [undefined, {}, { _meta: { progressToken: client.canary() } }]
    for (const params of forms) {
      const result = expectResult(
        await client.request('tools/list', params),
        `tools/list with params ${JSON.stringify(params) ?? 'left out'}`,
      )
      expect(Array.isArray(result.tools), 'tools/list returns an array of tools', '{"tools": [...]}', result)
    }
  },
  fault: {
    message: (message, context) =>
      context.call?.method === 'tools/list' && 'result' in message
        ? { jsonrpc: '2.0', id: message.id, error: { code: -32601, message: 'Method not found' } }
        : undefined,
  },
})
