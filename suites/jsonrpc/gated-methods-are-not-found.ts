import { calls, defineCheck, instead, json, modernCodes } from '../../src/conformance/check.js'
import { advise, assumeResult, describe, expect } from '../../src/conformance/expect.js'

const gated: [capability: string, method: string, params: Record<string, unknown>][] = [
  ['tools', 'tools/list', {}],
  ['tools', 'tools/call', { name: 'gauntlet', arguments: {} }],
  ['prompts', 'prompts/list', {}],
  ['prompts', 'prompts/get', { name: 'gauntlet' }],
  ['resources', 'resources/list', {}],
  ['resources', 'resources/templates/list', {}],
  ['resources', 'resources/read', { uri: 'gauntlet:///none' }],
  [
    'completions',
    'completion/complete',
    { ref: { type: 'ref/prompt', name: 'gauntlet' }, argument: { name: 'a', value: '' } },
  ],
  ['io.modelcontextprotocol/tasks', 'tasks/get', { taskId: 'gauntlet' }],
]

export default defineCheck({
  title: 'A method of a capability that the server does not advertise is not found',
  requirement: 'jsonrpc-gated-method-not-found',
  needs: ['modern'],
  hint: 'Register no handler for what is not in the capabilities: 404 and -32601 tell the client at once.',
  async run(client) {
    assumeResult(await client.request('server/discover'), 'server/discover')
    const { capabilities } = client.facts
    for (const [capability, method, params] of gated) {
      if (capabilities[capability] ?? capabilities.extensions?.[capability]) continue
      const reply = await client.request(method, params)
      const what = `${method} without the capability ${capability}`
      advise(reply.response?.result === undefined, `${what} is served`, -32601, describe(reply))
      // An extension may ask for mirrored headers of its own, which we know nothing of.
      if (reply.response?.error?.code === modernCodes.headerMismatch) continue
      const right = reply.status === 404 && reply.response?.error?.code === -32601
      expect(right, `${what} is answered otherwise`, 'HTTP 404 and -32601', describe(reply))
    }
  },
  fault: instead(calls('tasks/get'), ({ message }) =>
    json(200, { jsonrpc: '2.0', id: message?.id, error: { code: -32602, message: 'Unknown task' } }),
  ),
})
