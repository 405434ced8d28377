import { callOf, cancel, cancelsEverything, defineCheck, slowTool } from '../../src/conformance/check.js'
import { expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A cancellation reaches only calls of its own session, even where ids are equal',
  requirement: 'cancellation-race-graceful',
  needs: ['tool'],
  hint: 'Request ids are unique within one session only: keep the running calls per session, not in one map of the server.',
  async run(client) {
    const slow = await slowTool(client)
    const [mine, theirs, idle] = await Promise.all([client.open(), client.open(), client.open()])
    const id = 'gauntlet-same-id'
    const bound = { timeoutMs: slow.ms * 2 + client.timeoutMs }
    const cancelled = mine.post(callOf(slow, id), {}, { timeoutMs: slow.ms + 100, resume: false, notOwed: true })
    const kept = theirs.post(callOf(slow, id), {}, bound)
    await client.pause(slow.ms / 3)
    await cancel(mine, id)
    // By now only the other call has that id: a server with one map of calls finds it.
    await client.pause(20)
    await cancel(idle, id)
    expectResult(await kept, 'a call whose id was cancelled in another session')
    await cancelled
  },
  fault: cancelsEverything,
})
