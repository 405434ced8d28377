import { defineCheck, request } from '../../src/conformance/check.js'
import { assume, describe, expect, expectEqual, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every method echoes string and number ids, also when it is called again',
  requirement: 'jsonrpc-response-id-echo',
  callsTools: true,
  hint: 'An answer kept from an earlier request must be sent with the id of the new one.',
  async run(client) {
    for (const id of [client.canary('init'), 0]) {
      const { opening } = await client.open({ id })
      assume(opening.ok, 'initialize is answered', opening)
      expectEqual(opening.response?.id, id, 'the id of the answer to initialize')
    }
    const survey = await client.survey()
    const asked = [
      ...new Map(
        survey.steps
          .filter((step) => step.method !== 'initialize' && step.reply.response)
          .map((step) => [step.label, step]),
      ).values(),
    ]
    if (asked.length === 0) notTestable('no request of the tour was answered')
    const session = await client.session()
    const calls = asked.flatMap((step, at) => [`text-${at}`, -1000 - at].map((id) => ({ ...step, id })))
    const replies = await Promise.all(calls.map(({ method, params, id }) => session.post(request(method, params, id))))
    for (const [at, { label, id }] of calls.entries()) {
      const reply = replies[at]!
      const said = `${label} with the id ${JSON.stringify(id)}`
      expect(reply.response !== undefined, `${said} was not answered`, 'a response', describe(reply))
      const refused = reply.status >= 400 && !('result' in reply.response)
      if (!refused) expectEqual(reply.response.id, id, `the id of the answer to ${said}`)
    }
  },
  fault: {
    message: (message, { call }) =>
      call?.method === 'tools/list' && typeof message.id === 'string' ? { ...message, id: 'text-0' } : undefined,
  },
})
