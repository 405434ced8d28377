import { callTool, closedCall, defineCheck, knownTools } from '../../src/conformance/check.js'
import { expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Closing the stream of one of two running calls leaves the other alone',
  requirement: 'cancellation-race-graceful',
  needs: ['modern', 'tool'],
  revisions: { first: '2026-07-28' },
  alone: true,
  hint: 'Keep one abort controller per request, not one per tool or client.',
  async run(client) {
    const { kept, tool } = await closedCall(client)
    expectResult(kept, `a call of ${tool.name} that ran beside a closed one`)
    const [quickest = tool] = (await knownTools(client)).sort((one, other) => one.ms - other.ms)
    const after = await callTool(await client.session(), quickest.name, quickest.arguments)
    expectResult(after, `a call of ${quickest.name} after one of ${tool.name} was closed`)
  },
  fault() {
    const done = new Set<unknown>()
    let closed = false
    return {
      hangup({ message }) {
        closed ||= message?.method === 'tools/call' && !done.has(message.id)
        return undefined
      },
      message(message, { call }) {
        if (call?.method !== 'tools/call' || 'method' in message) return undefined
        done.add(message.id)
        return closed ? null : undefined
      },
    }
  },
})
