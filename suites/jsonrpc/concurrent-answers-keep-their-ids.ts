import { defineCheck, isObject, type Message, plainRequest, request } from '../../src/conformance/check.js'
import { assume, assumeResult, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'With many requests in flight each answer carries the id of its own request',
  requirement: 'jsonrpc-response-id-echo',
  hint: 'Keep the id with the request it came in, never in a variable that the next request overwrites.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    const odd = await session.request('gauntlet/unknown')
    assume(odd.response !== undefined, 'an unknown method is answered with a JSON-RPC message', odd)
    const list = client.facts.capabilities.tools ? 'tools/list' : client.plainMethod
    for (let round = 0; round < 2; round++) {
      const calls = Array.from({ length: client.crowd(12) }, (_, at) => {
        const method = at % 3 === 0 ? list : at % 3 === 1 ? client.canary('gauntlet/unknown') : client.plainMethod
        return request(method, undefined, at % 2 === 0 ? `in-flight-${round}-${at}` : -3000 - 100 * round - at)
      })
      const replies = await Promise.all(calls.map((call) => session.post(call)))
      for (const [at, reply] of replies.entries()) {
        const { id, method } = calls[at]!
        const said = `${method} with the id ${JSON.stringify(id)}`
        expect(
          reply.response !== undefined,
          `${said} was not answered while others were in flight`,
          'a response',
          describe(reply),
        )
        expect(reply.response.id === id, `the answer to ${said} carries another id`, id, reply.response.id)
        expect(fits(reply.response, method), `${said} got the answer to another request`, undefined, reply.response)
        const foreign = calls.find(
          (call) =>
            call.method.startsWith('gauntlet/') &&
            call.id !== id &&
            JSON.stringify(reply.response).includes(call.method),
        )
        expect(foreign === undefined, `the answer to ${said} speaks of another request`, method, reply.response)
      }
    }
  },
  fault: () => {
    let latest: unknown
    return {
      async request(request) {
        if (!request.message || !('id' in request.message)) return
        latest = request.message.id
        await new Promise((resolve) => setTimeout(resolve, 20))
      },
      message: (message) => ('method' in message || latest === undefined ? undefined : { ...message, id: latest }),
    }
  },
})

function fits(answer: Message, method: string): boolean {
  if (method.startsWith('gauntlet/')) return 'error' in answer || answer.result?.isError === true
  if (plainRequest.test(method)) return isObject(answer.result) && !('tools' in answer.result)
  return Array.isArray(answer.result?.tools)
}
