import { callOf, cancel, cancelsEverything, defineCheck, slowTool } from '../../src/conformance/check.js'
import { assume, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Cancelling one of two running calls leaves the other alone',
  requirement: 'cancellation-race-graceful',
  needs: ['tool'],
  hint: 'Keep one abort controller per request id, not one per session or tool.',
  async run(client) {
    const slow = await slowTool(client)
    const session = await client.session()
    const first = callOf(slow)
    // The other id is the same number as a text.
    const calls = [first, callOf(slow, String(first.id))]
    const timeoutMs = slow.ms * 2 + client.timeoutMs
    const pending = calls.map((call, at) => session.post(call, {}, { timeoutMs, notOwed: at === 0 }))
    await client.pause(slow.ms / 3)
    const accepted = await cancel(session, calls[0]!.id)
    assume(accepted.ok, 'the cancellation is accepted', accepted)
    expectResult(await pending[1]!, 'a call that ran beside a cancelled one')
  },
  fault: cancelsEverything,
})
