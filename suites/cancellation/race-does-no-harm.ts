import {
  callTool,
  cancel,
  defineCheck,
  isObject,
  isResponse,
  quickTools,
  request,
} from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Cancelling around the time of completion, many times, breaks nothing and mixes nothing up',
  requirement: 'cancellation-race-graceful',
  needs: ['tool'],
  // A server that breaks over it may take the calls of other clients with it: nobody else shall be judged by that.
  last: true,
  hint: 'A cancellation may arrive before its request, after its response, or between the two: none of these may throw.',
  async run(client) {
    const session = await client.session()
    const [tool] = await quickTools(client)
    const control = await callTool(session, tool.name, tool.arguments)
    assume(isObject(control.response?.result), 'the call is answered with a result', control)
    const took = control.at.response ?? 5
    const calls = Array.from({ length: 12 }, () =>
      request('tools/call', { name: tool.name, arguments: tool.arguments }),
    )
    const rounds = calls.map(async (call, i) => {
      const pending = session.post(call, {}, { timeoutMs: took + 300, resume: false, notOwed: true })
      await client.pause((took * i) / 8)
      return [await cancel(session, call.id), await pending] as const
    })
    const crash = (await Promise.all(rounds)).flat().find(({ status }) => status >= 500)
    const what = 'a cancellation at the time of completion must not make the server fail'
    expect(!crash, what, 'no HTTP 5xx', crash && describe(crash))
    const known = new Set<unknown>([session.opening.response?.id, control.response?.id, ...calls.map(({ id }) => id)])
    const said = session.received.filter(({ reply }) => reply.status < 400).map(({ message }) => message)
    const stray = said.find((message) => isResponse(message) && !known.has(message.id))
    expect(!stray, 'a response came that answers no request', 'only ids we used', stray)
    const after = await callTool(session, tool.name, tool.arguments)
    expect(
      isObject(after.response?.result),
      'after the cancellations the tool must still answer',
      'a result',
      describe(after),
    )
  },
  fault() {
    let cancelled = 0
    return {
      request({ message }) {
        if (message?.method === 'notifications/cancelled') cancelled++
        if (message?.method !== 'tools/call' || cancelled < 10) return undefined
        return { status: 500, headers: { 'content-type': 'text/plain' }, body: 'stream is closed' }
      },
    }
  },
})
