import { type Client, callOf, defineCheck, type SlowTool, slowTool } from '../../src/conformance/check.js'
import { advise, assumeResult, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'ping is answered while a tool is at work',
  requirement: 'ping-answered',
  needs: ['tool'],
  alone: true,
  hint: 'Do not handle the messages of a session strictly one after the other: a client that gets no answer takes the connection for dead.',
  early: answeredInTheCrowd,
  async run(client) {
    if (await answeredInTheCrowd(client).catch(() => false)) return
    const { slow, waits } = await pingsBeside(client, 3)
    if (waits === undefined) return
    if (waits.length < 3) notTestable(`a ping takes no less than what is left of a call of ${slow.tool.name}`)
    const what = `each of three pings was answered only when ${slow.tool.name}, called before it, was done`
    advise(false, what, 'an answer meanwhile', `${Math.min(...waits)} ms`)
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

/** Whether a ping is answered beside a call while other checks run: then the server need not be asked alone. */
function answeredInTheCrowd(client: Client): Promise<boolean> {
  return client.once('ping beside a call', async (own) => (await pingsBeside(own, 1)).waits === undefined)
}

/** How many ms pings took that were answered only when the call before them was done; no list once one was answered meanwhile. */
async function pingsBeside(client: Client, most: number): Promise<{ slow: SlowTool; waits?: number[] }> {
  const slow = await slowTool(client)
  const session = await client.session()
  const waits: number[] = []
  for (let round = 0; round < 2 * most && waits.length < most; round++) {
    const control = await session.request('ping', undefined, { lingerMs: 0 })
    assumeResult(control, 'ping')
    const call = session.post(callOf(slow), {}, { timeoutMs: slow.ms * 2 + client.timeoutMs })
    await client.pause(slow.ms / 5)
    const started = performance.now()
    await session.request('ping', undefined, { lingerMs: 0 })
    const ended = performance.now()
    const { started: began, at } = await call
    if (at.response === undefined || ended < began + at.response - 5) return { slow }
    // A ping that could not have been answered before the call was done tells nothing.
    if (began + at.response - started > 2 * (control.at.response ?? 0) + 20) waits.push(Math.round(ended - started))
  }
  return { slow, waits }
}
