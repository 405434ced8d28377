import { bothUsers, defineCheck, outcomeOf, perUser, sharedCalls } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Two users who ask for the same at the same time each get what is theirs',
  requirement: 'transport-multiple-clients',
  needs: ['auth', 'credentials', 'second-token'],
  alone: true,
  callsTools: true,
  hint: 'Hand the user of a request down to what answers it; a variable of the module holds whoever asked last.',
  async run(client) {
    const users = await bothUsers(client)
    const calls = await sharedCalls(client, users)
    if (calls.length === 0) notTestable('nothing was found that both users are served and that stays the same')
    for (const { method, params, outcomes } of calls) {
      const ask = async (who: 0 | 1) => outcomeOf(await users[who].request(method, params))
      const order = [0, 1, 1, 0, 1, 0, 0, 1] as const
      const together = await Promise.all(order.map(ask))
      for (const [at, outcome] of together.entries()) {
        const who = order[at]!
        const [own, other] = [outcomes[who], outcomes[who === 0 ? 1 : 0]]
        if (own === other || outcome !== other) continue
        // What has changed for everybody meanwhile says nothing of users.
        if ((await ask(who)) !== own) continue
        expect(false, `${method} got the answer of another user who asked at the same time`, own, outcome)
      }
    }
  },
  fault: perUser((isFirst) => {
    let last = ''
    return {
      async request(request) {
        if (request.message?.method !== 'tools/list') return
        last = isFirst(request) ? 'first' : 'second'
        await new Promise((resolve) => setTimeout(resolve, 15))
      },
      message(message, { call }) {
        if (call?.method !== 'tools/list' || !('result' in message)) return undefined
        return { ...message, result: { ...message.result, user: last } }
      },
    }
  }),
})
