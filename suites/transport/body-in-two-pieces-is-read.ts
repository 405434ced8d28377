import { bareCall, brokenText, defineCheck, nonAscii } from '../../src/conformance/check.js'
import { assume, expect, expectEqual } from '../../src/conformance/expect.js'

/** Marks the requests sent in pieces. */
const mark = 'com.example/pieces'

export default defineCheck({
  title: 'A body that arrives in two pieces, cut within a character, is read like a whole one',
  requirement: 'transport-utf8',
  hint: 'Collect the bytes of the whole body first and decode them then; decoding chunk by chunk breaks characters at the seams.',
  async run(client) {
    const plain = { ...bareCall(client, client.plainMethod).message }
    plain.params = { ...plain.params, _meta: { ...(plain.params?._meta ?? {}), [mark]: 2 } }
    for (const [cut, sign] of [
      [1, 'é'],
      [2, '漢'],
      [2, '😀'],
    ] as const) {
      const [whole, split] = [nonAscii(client.canary()), nonAscii(client.canary())]
      const control = await client.request(client.plainMethod, undefined, { id: whole })
      assume(control.response?.id === whole, 'a ping with an id beyond ASCII is answered under that id', control)
      const bytes = Buffer.from(JSON.stringify({ ...plain, id: split }))
      const at = bytes.indexOf(sign) + cut
      const reply = await client.post([bytes.subarray(0, at), bytes.subarray(at)])
      expect(
        reply.response !== undefined,
        'a request whose body comes in two pieces must be answered',
        'a response',
        reply.status,
      )
      expectEqual(reply.response.id, split, 'the id of the response')
    }
    const name = client.canary()
    const params = { ...plain.params, name: nonAscii(name), arguments: {} }
    const call = Buffer.from(JSON.stringify({ ...plain, method: 'tools/call', params }))
    const at = call.indexOf('漢') + 1
    const broken = brokenText(await client.post([call.subarray(0, at), call.subarray(at)]), name)
    expect(broken === undefined, 'text of a body in two pieces came back broken', nonAscii(name), broken)
  },
  fault: {
    message: (message, { call }) =>
      call?.params?._meta?.[mark] && typeof message.id === 'string'
        ? { ...message, id: message.id.replace('é', '\ufffd\ufffd') }
        : undefined,
  },
})
