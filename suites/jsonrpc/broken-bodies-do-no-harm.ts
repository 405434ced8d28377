import { defineCheck, expectRefusal } from '../../src/conformance/check.js'
import { advise, assumeResult, describe } from '../../src/conformance/expect.js'

const ping = '{"jsonrpc":"2.0","id":"bytes","method":"ping","params":{"x":"?"}}'
const bytes = Buffer.from(ping)
bytes[ping.indexOf('?')] = 0xff

export default defineCheck({
  title: 'Empty bodies and bytes that are no UTF-8 are refused in good order, and the session lives on',
  requirement: 'jsonrpc-parse-error-code',
  hint: 'Check that the parsed body is an object before reading members of it, and turn decoding errors into a 400.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    for (const body of ['', '   ']) {
      await expectRefusal(session, body, [-32700, -32600], `the body ${JSON.stringify(body)}`, { silence: 'poor' })
    }
    await expectRefusal(session, bytes, [-32700, -32600, -32602], 'a body with a byte that is no UTF-8', {
      result: 'allowed',
      failure: 'poor',
    })
    const broken = await session.post('{"jsonrpc":')
    advise(
      !/\n\s+at .+:\d+:\d+|Traceback \(most recent/.test(broken.text),
      'the answer to broken JSON shows a stack trace',
      'a short refusal',
      describe(broken),
    )
    const after = await session.request(client.plainMethod)
    advise(
      after.response?.result !== undefined,
      'after broken bodies the session is served no longer',
      'an answer to ping',
      describe(after),
    )
  },
  fault: {
    request: (request) =>
      request.method === 'POST' && request.body.trim() === ''
        ? { status: 500, headers: {}, body: 'TypeError' }
        : undefined,
  },
})
