import { calls, defineCheck, json, request } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A client that drops its connection within a call leaves the server up for others',
  requirement: 'advice-dropped-calls-do-no-harm',
  needs: ['streamable', 'capability:tools'],
  hint: 'What a tool or a child process says after its client has gone is to be dropped, not thrown ("No connection established for request ID").',
  async run(client) {
    const other = await client.open()
    const control = await other.request(client.plainMethod)
    assume(control.response?.result !== undefined, 'another client is served', control)
    const leaving = await client.open()
    const { name, arguments: args } = client.tools[0] ?? { name: client.canary(), arguments: {} }
    await leaving.post(request('tools/call', { name, arguments: args }), {}, { timeoutMs: 3, notOwed: true })
    await client.pause(50)
    const after = await other.request(client.plainMethod)
    expect(
      after.response?.result !== undefined,
      'after a client dropped its call, another is not served',
      'a result',
      describe(after),
    )
  },
  fault: () => {
    let dropped = false
    return {
      request(message) {
        if (calls('tools/call')(message)) dropped = true
        return dropped ? json(500, { error: 'No connection established for request ID: 0' }) : undefined
      },
    }
  },
})
