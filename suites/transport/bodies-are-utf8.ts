import { defineCheck, isResponse, repliesOf, utf8Defect } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Everything the server sends is UTF-8 and says nothing else of itself',
  requirement: 'transport-utf8',
  atEachRevision: true,
  hint: 'Write bodies as UTF-8 bytes and let Content-Type name no other charset.',
  async run(client) {
    const replies = repliesOf(await client.survey())
    assume(
      replies.some((reply) => reply.messages.some(isResponse)),
      'the server answers requests',
    )
    for (const reply of replies) {
      const defect = reply.ended === 'too-large' ? undefined : utf8Defect(reply.body)
      expect(defect === undefined, 'an answer is not valid UTF-8', 'UTF-8', defect)
      const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(reply.header('content-type') ?? '')?.[1]
      const fits = charset === undefined || /^(utf-?8|us-ascii|ascii)$/i.test(charset) || reply.messages.length === 0
      expect(fits, `a JSON-RPC message is labelled as ${charset}`, 'utf-8', reply.header('content-type'))
    }
  },
  fault: {
    reply: (reply) => ({
      ...reply,
      headers: {
        ...reply.headers,
        'content-type': `${String(reply.headers['content-type']).split(';')[0]}; charset=iso-8859-1`,
      },
    }),
  },
})
