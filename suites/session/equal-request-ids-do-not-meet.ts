import { defineCheck, isObject, nextId, request } from '../../src/conformance/check.js'
import { assume, describe, expect, expectEqual } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Clients that use the same request id at the same time each get their own answer',
  requirement: 'jsonrpc-response-id-echo',
  hint: 'One server or transport object shared by all clients mixes them up by id: make one per session, or per request when stateless.',
  async run(client) {
    const clients = await Promise.all(Array.from({ length: client.crowd(6) }, () => client.open()))
    for (const one of clients)
      assume(isObject(one.opening.response?.result), 'every client can open a session', one.opening)
    const odd = await clients[0]!.request('gauntlet/unknown')
    assume(odd.response !== undefined, 'an unknown method is answered with a JSON-RPC message', odd)
    for (const id of [nextId(), client.canary('same-for-all')]) {
      const methods = clients.map((_, at) => (at % 2 === 0 ? client.plainMethod : client.canary('gauntlet/unknown')))
      const replies = await Promise.all(clients.map((one, at) => one.post(request(methods[at]!, {}, id))))
      for (const [at, reply] of replies.entries()) {
        const answer = reply.response
        expect(answer !== undefined, `client ${at} got no answer to ${methods[at]}`, 'an answer', describe(reply))
        expectEqual(answer.id, id, `the id of the answer to ${methods[at]}`)
        expect(
          at % 2 === 0 ? 'result' in answer : 'error' in answer,
          `client ${at} got the answer to another client's request`,
          `the answer to ${methods[at]}`,
          answer,
        )
        const foreign = methods.find(
          (method, index) => index !== at && method !== client.plainMethod && JSON.stringify(answer).includes(method),
        )
        expect(foreign === undefined, `client ${at} was shown what another client asked for`, methods[at], answer)
      }
    }
  },
  fault: () => {
    const methods = new Map<unknown, string>()
    return {
      request(request) {
        const call = request.message
        if (call && 'id' in call) methods.set(call.id, String(call.method))
      },
      message(message) {
        if (!('id' in message) || 'method' in message || !/^gauntlet/.test(methods.get(message.id) ?? ''))
          return undefined
        const { result: _, ...rest } = message
        return { ...rest, error: { code: -32601, message: `no method ${methods.get(message.id)}` } }
      },
    }
  },
})
