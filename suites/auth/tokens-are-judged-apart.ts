import {
  defineCheck,
  everyRevision,
  expectShut,
  letIn,
  request,
  signedIn,
  visitors,
} from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Good and bad tokens that arrive at the same time are not mixed up',
  requirement: 'auth-every-request-verified',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Keep who is asking with the request (req.auth, AsyncLocalStorage), never in a variable that all requests share.',
  async run(client) {
    const session = await signedIn(client)
    const control = await session.request(client.plainMethod)
    assume(control.response?.result !== undefined, 'a ping with the good token is answered', control)
    const bad = visitors(client, { 'a garbage token': client.canary('gk') })[0]!
    const rounds = await Promise.all(
      Array.from({ length: 12 }, (_, index) => index).map(async (index) => {
        const [good, none, garbage] = await Promise.all([
          session.request(client.plainMethod),
          session.post(request(index % 2 ? 'ping' : 'tools/list'), {}, { identity: 'none' }),
          session.post(request(index % 2 ? 'ping' : 'tools/list'), {}, { identity: bad.identity }),
        ])
        return { good, none, garbage }
      }),
    )
    for (const { good, none, garbage } of rounds) {
      expectShut(client, none, 'a request without credentials, beside good ones,')
      expectShut(client, garbage, 'a request with a garbage token, beside good ones,', bad.also)
      expect(
        good.response?.result !== undefined || good.status === 429,
        'a good token was refused while bad ones came in',
        'a result',
        describe(good),
      )
    }
  },
  fault: () => {
    let running = 0
    const hole = letIn((request, shown, good) => shown !== good && running > 2 && request.method === 'POST')()
    return {
      async request(seen) {
        running++
        await new Promise((resolve) => setTimeout(resolve, 10))
        const changed = await hole.request?.(seen)
        running--
        return changed
      },
      reply: (reply, seen) => hole.reply?.(reply, seen),
    }
  },
})
