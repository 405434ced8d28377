import { defineCheck, request } from '../../src/conformance/check.js'
import { expectResult } from '../../src/conformance/expect.js'

const capabilities = {
  roots: { listChanged: true },
  sampling: { context: {}, tools: {} },
  elicitation: { form: {}, url: {} },
  tasks: { list: {}, cancel: {} },
  experimental: { 'com.example/feature': { level: 3 } },
  'com.example/unknown': { anything: [1, 'two', null] },
}
const clientInfo = {
  name: 'mcp-gauntlet',
  title: 'Gauntlet – prüft',
  version: '0.1.0',
  websiteUrl: 'https://example.com',
}

export default defineCheck({
  title: 'initialize of a client with many and unknown capabilities is answered',
  requirement: 'lifecycle-initialize-answered',
  hint: 'The set of capabilities is open: ignore those you do not know.',
  async run(client) {
    const session = await client.open({ capabilities, initialized: false })
    expectResult(session.opening, 'initialize with many capabilities')
    if (session.transport === 'http+sse') return
    const params = { protocolVersion: client.revision, capabilities, clientInfo, _meta: { 'com.example/trace': 'a' } }
    const again = await session.post(request('initialize', params), {
      'mcp-protocol-version': null,
      'mcp-session-id': null,
    })
    expectResult(again, 'initialize of a client that describes itself at length')
    const id = again.header('mcp-session-id')
    if (id) await session.delete({ 'mcp-session-id': id })
  },
  fault: {
    message: (message, { call }) =>
      call?.method === 'initialize' && call.params.capabilities.tasks
        ? { jsonrpc: '2.0', id: message.id, error: { code: -32602, message: 'unknown capability tasks' } }
        : undefined,
  },
})
