import { brokenText, defineCheck, nonAscii, request } from '../../src/conformance/check.js'
import { assume, expect, expectEqual } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Text beyond ASCII comes back as it was sent',
  requirement: 'transport-utf8',
  hint: 'Decode request bodies as UTF-8 and encode answers as UTF-8; do not rely on the default of the platform.',
  async run(client) {
    const control = await client.request(client.plainMethod, undefined, { id: client.canary() })
    assume(control.response?.result !== undefined, 'a ping with text as id is answered', control)
    const id = nonAscii(client.canary())
    const reply = await client.request(client.plainMethod, undefined, { id })
    assume(reply.response !== undefined, 'a ping with an id beyond ASCII is answered', reply)
    expectEqual(reply.response.id, id, 'the id of the response')
    const mark = client.canary()
    const name = nonAscii(mark)
    for (const message of [
      request('tools/call', { name, arguments: {} }),
      request(name),
      request('resources/read', { uri: `canary:///${name}` }),
    ]) {
      const broken = brokenText(await client.post(message), mark)
      expect(broken === undefined, `text of ${message.method} came back broken`, name, broken)
    }
  },
  fault: {
    message: (message) =>
      typeof message.id === 'string' ? { ...message, id: Buffer.from(message.id).toString('latin1') } : undefined,
  },
})
