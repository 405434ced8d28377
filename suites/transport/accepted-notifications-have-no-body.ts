import { defineCheck, onReply, toldNotifications } from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The 202 for a notification has no body',
  requirement: 'transport-202-empty-body',
  needs: ['streamable'],
  hint: 'End the answer without writing anything: no "null", no "{}", no "Accepted" (Express: res.status(202).end(), not sendStatus).',
  async run(client) {
    const accepted = (await toldNotifications(client)).filter(({ reply }) => reply.status === 202)
    if (accepted.length === 0) notApplicable('the server answers no notification with 202')
    for (const { what, reply } of accepted)
      expect(reply.body.length === 0, `the 202 for ${what} must have no body`, 'no body', describe(reply))
  },
  fault: onReply(
    (request) => request.message?.method === 'notifications/progress',
    (reply) => ({ ...reply, body: 'null' }),
  ),
})
