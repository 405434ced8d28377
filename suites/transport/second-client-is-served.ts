import { type Client, defineCheck, type Fault, json } from '../../src/conformance/check.js'
import { assume, expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A second client is served beside the first and outlives it',
  requirement: 'transport-multiple-clients',
  alone: true,
  revisions: { last: '2025-11-25' },
  hint: 'A single transport for the whole process refuses the second client ("Server already initialized"): keep one per session.',
  early: servedInTheCrowd,
  async run(client) {
    if (!(await servedInTheCrowd(client).catch(() => false))) await serveBeside(client)
  },
  fault: (): Fault => {
    let taken = false
    return {
      request({ message }) {
        const refused = taken && message?.method === 'initialize'
        taken = !refused && (taken || message?.method === 'ping')
        if (!refused) return undefined
        return json(400, {
          jsonrpc: '2.0',
          id: message.id,
          error: { code: -32600, message: 'Server already initialized' },
        })
      },
    }
  },
})

/** Whether the second client is served while other checks run: then the server need not be asked alone. */
function servedInTheCrowd(client: Client): Promise<boolean> {
  return client.once('second client', async (own) => {
    await serveBeside(own)
    return true
  })
}

async function serveBeside(client: Client): Promise<void> {
  const first = await client.open({ fresh: true })
  const control = await first.request('ping')
  assume(control.response?.result !== undefined, 'the first client is served', control)
  const second = await client.open({ fresh: true })
  expectResult(second.opening, 'initialize of a second client')
  if (client.facts.getStream) {
    const [one, other] = [await first.get(), await second.get()]
    assume(one.status === 200, 'GET opens a stream for the first client', one)
    const what = 'GET must open a stream for the second client while the first holds one'
    expect(other.status === 200, what, 'HTTP 200', other.status)
    await client.pause(50)
    // Where streams end by themselves, the second does as well, at the same age.
    const alike = !one.ended || (await other.until(({ ended }) => ended !== undefined, one.at.end! + 200))
    expect(alike, "the first client's stream ended as the second opened one", 'both open', one.ended)
  }
  expectResult(await second.request('ping'), "the second client's ping")
  expectResult(await first.request('ping'), "the first client's ping after the second was let in")
  await first.close()
  expectResult(await second.request('ping'), "the second client's ping after the first has left")
  expectResult((await client.open({ fresh: true })).opening, 'initialize of a third client')
}
