import { callOf, defineCheck, slowTool } from '../../src/conformance/check.js'
import { advise, assumeResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'ping is answered while a tool is at work',
  requirement: 'ping-answered',
  needs: ['tool'],
  alone: true,
  hint: 'Do not handle the messages of a session strictly one after the other: a client that gets no answer takes the connection for dead.',
  async run(client) {
    const slow = await slowTool(client)
    const session = await client.session()
    assumeResult(await session.request('ping'), 'ping')
    let waited = 0
    for (let round = 0; round < 3; round++) {
      const call = session.post(callOf(slow), {}, { timeoutMs: slow.ms * 2 + client.timeoutMs })
      await client.pause(slow.ms / 5)
      const started = performance.now()
      await session.request('ping', undefined, { lingerMs: 0 })
      const ended = performance.now()
      const { started: began, at } = await call
      if (at.response === undefined || ended < began + at.response - 5) return
      waited = Math.round(ended - started)
    }
    const what = `each of three pings was answered only when ${slow.tool.name}, called before it, was done`
    advise(false, what, 'an answer meanwhile', `${waited} ms`)
  },
  fault: () => {
    let running = 0
    return {
      async request({ message }) {
        if (message?.method === 'tools/call') running++
        while (message?.method === 'ping' && running > 0) await new Promise((resolve) => setTimeout(resolve, 20))
      },
      message(message, { call }) {
        if (call?.method === 'tools/call' && 'id' in message) running--
      },
    }
  },
})
