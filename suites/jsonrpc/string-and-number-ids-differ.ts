import { defineCheck, request } from '../../src/conformance/check.js'
import { assume, assumeResult, describe, expect, expectEqual } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The ids 5 and "5" are two ids, also when both are in flight',
  requirement: 'jsonrpc-response-id-echo',
  hint: 'A plain object used as a map turns number keys into strings: use a Map.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    const odd = await session.request('gauntlet/unknown')
    assume(odd.response !== undefined, 'an unknown method is answered with a JSON-RPC message', odd)
    for (const number of [900001, 900002, 900003]) {
      const calls = [
        request(client.plainMethod, undefined, number),
        request('gauntlet/unknown', undefined, String(number)),
      ]
      if (number % 2 === 0) calls.reverse()
      // An answer with the wrong id tells at once; the one that is missing for it would be waited for.
      await Promise.all(
        calls.map(async (call) => {
          const { id, method } = call
          const reply = await session.post(call)
          const answer = reply.response
          const what = `${method} with the id ${JSON.stringify(id)} was not answered`
          expect(answer !== undefined, what, 'a response', describe(reply))
          expectEqual(answer.id, id, `the id of the answer to ${method}`)
          const mixed = `the answer to ${method} belongs to another request`
          expect('error' in answer === (method !== client.plainMethod), mixed, undefined, answer)
        }),
      )
    }
  },
  fault: {
    message: (message) =>
      'error' in message && Number(message.id) > 900000 ? { ...message, id: Number(message.id) } : undefined,
  },
})
