import { defineCheck, everyModernResult, metaKey, onResult } from '../../src/conformance/check.js'
import { expect, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every result says in _meta which server it comes from',
  requirement: 'jsonrpc-server-info-meta',
  needs: ['modern'],
  hint: 'io.modelcontextprotocol/serverInfo with name and version, on every result: there is no handshake that would tell.',
  async run(client) {
    for (const message of await everyModernResult(client)) {
      const info: unknown = message.result._meta?.[metaKey.serverInfo]
      expect(info !== undefined, 'a result that does not name its server', metaKey.serverInfo, message)
      expectShape(info, 'Implementation', client.revision, metaKey.serverInfo)
    }
  },
  fault: onResult('tools/call', ({ _meta, ...result }) => result),
})
