import { defineCheck, request } from '../../src/conformance/check.js'
import { assumeResult, describe, expect, expectEqual } from '../../src/conformance/expect.js'

const ids = [
  'abc',
  'MiXed',
  '1',
  '007',
  '1e3',
  'null',
  'true',
  '',
  ' padded ',
  'ünïco\u0308dé-✓-日本',
  'x'.repeat(300),
  'a"b\\c/<d>%41+&amp;',
  '550e8400-e29b-41d4-a716-446655440000',
  0,
  -1,
  -7654321,
  2 ** 31,
  2 ** 32 + 1,
  Number.MAX_SAFE_INTEGER,
]

export default defineCheck({
  title: 'Answers carry the id of their request, whatever string or integer it is',
  requirement: 'jsonrpc-response-id-echo',
  hint: 'Keep the id as it was parsed: no truth test (0 and "" are ids), no conversion to a string or a number.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping with an ordinary id')
    for (const id of client.sample(ids, 9)) {
      const reply = await session.post(request(client.plainMethod, undefined, id))
      const said = JSON.stringify(id)
      expect(
        reply.response !== undefined,
        `a ping with the id ${said} was not answered`,
        `a response with the id ${said}`,
        describe(reply),
      )
      expectEqual(reply.response.id, id, 'the id of the answer')
    }
  },
  fault: { message: (message) => ('result' in message && message.id === '007' ? { ...message, id: 7 } : undefined) },
})
