import { defineCheck, expectNoCrash, throttled } from '../../src/conformance/check.js'
import { assume, expectError } from '../../src/conformance/expect.js'

export default defineCheck({
  title:
    'A tools/call without a name, with a name that is no text, or with arguments that are no object is a JSON-RPC error',
  requirement: 'tools-malformed-call-error',
  needs: ['capability:tools'],
  hint: 'Validate the params against CallToolRequest before anything else and answer -32602; isError results are for arguments that break the inputSchema of the tool.',
  async run(client) {
    const control = await client.request('tools/list')
    assume(control.response?.result !== undefined, 'tools/list is answered', control)
    const [named] = client.tools
    const name = named?.name ?? client.canary()
    const wrong = [
      undefined,
      {},
      { arguments: {} },
      { name: 42, arguments: {} },
      { name: null },
      { name: [name] },
      { name, arguments: ['gauntlet'] },
      { name, arguments: 'gauntlet' },
      { name, arguments: 42 },
    ]
    for (const params of wrong) {
      const reply = await client.request('tools/call', params)
      if (throttled(reply)) continue
      const what = params ? `tools/call with params ${JSON.stringify(params)}` : 'tools/call without params'
      expectNoCrash(reply, what)
      expectError(reply, what)
    }
  },
  fault: {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || !message.error || typeof context.call.params?.name === 'string')
        return undefined
      return {
        jsonrpc: '2.0',
        id: message.id,
        result: { content: [{ type: 'text', text: 'Invalid call' }], isError: true },
      }
    },
  },
})
