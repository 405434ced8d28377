import { defineCheck, expectNoCrash, throttled } from '../../src/conformance/check.js'
import { expectError, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A call of an unknown tool is answered with a JSON-RPC error, not with a tool result',
  requirement: 'tools-unknown-tool-error',
  needs: ['capability:tools'],
  atEachRevision: true,
  hint: 'Look the name up before the tool runs and answer error -32602; isError is for tools that ran and failed. Keep tools in a Map: names like "constructor" exist on every plain object.',
  async run(client) {
    const names = [client.canary(), `Gauntlet ${client.canary('müller')}`, '', 'constructor', '__proto__', 'toString']
    const calls = names.flatMap((name, i) => [
      { name, arguments: {} },
      ...(i === 0 ? [{ name }, { name, arguments: { text: 'gauntlet' } }] : []),
    ])
    const replies = await Promise.all(calls.map((params) => client.request('tools/call', params)))
    if (replies.every(throttled)) notTestable('the server limits the rate of calls and refused all of them')
    for (const [i, reply] of replies.entries()) {
      if (throttled(reply)) continue
      const what = `a call of the unknown tool ${JSON.stringify(calls[i]!.name)}`
      expectNoCrash(reply, what)
      expectError(reply, what)
    }
  },
  fault: {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || !message.error) return undefined
      return {
        jsonrpc: '2.0',
        id: message.id,
        result: { content: [{ type: 'text', text: message.error.message }], isError: true },
      }
    },
  },
})
