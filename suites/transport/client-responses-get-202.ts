import { defineCheck, isResponse, onReply, toldResponses } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: "The client's responses are answered with 202 when they are accepted",
  requirement: 'transport-client-response-202',
  needs: ['streamable'],
  hint: 'A message with result or error is no request: take it, match it with what you asked, and answer 202 without a body.',
  async run(client) {
    const told = await toldResponses(client)
    const { answered } = (await client.survey()).session
    for (const { reply } of answered) told.push({ what: 'the answer to a request of the server', reply: await reply })
    for (const { what, reply } of told) {
      assume(reply.status !== 0 && reply.status !== 429, `an HTTP answer to ${what} arrived`, reply)
      expect(
        reply.status === 202 || reply.status >= 400,
        `${what} must be answered with 202`,
        'HTTP 202',
        describe(reply),
      )
      expect(
        reply.status !== 202 || reply.body.length === 0,
        `the 202 for ${what} must have no body`,
        'no body',
        describe(reply),
      )
    }
  },
  fault: onReply((request) => isResponse(request.message), { status: 200 }),
})
