import { defineCheck, withOtherIds } from '../../src/conformance/check.js'
import { assume, describe, expect, expectEqual } from '../../src/conformance/expect.js'

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
    for (const { label, id, reply } of await withOtherIds(client)) {
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
