import { defineCheck, onReply } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Event streams are not compressed',
  requirement: 'advice-streams-not-compressed',
  needs: ['sse-answers'],
  hint: 'Exempt text/event-stream from compression (nginx: not in gzip_types; Express: compression filter; Starlette: not behind GZipMiddleware), or send Cache-Control: no-transform.',
  async run(client) {
    const reply = await client.request(client.plainMethod, undefined, {
      headers: { 'accept-encoding': 'gzip, deflate, br' },
      live: true,
    })
    reply.close()
    if (!reply.isStream) notApplicable('the answer came as JSON')
    const encoding = reply.header('content-encoding') ?? 'identity'
    expect(
      encoding === 'identity',
      'the event stream comes compressed, which holds small events back',
      'identity',
      encoding,
    )
  },
  fault: onReply(
    ({ headers }) => /gzip/.test(headers['accept-encoding'] ?? ''),
    (reply) => ({ ...reply, headers: { ...reply.headers, 'content-encoding': 'gzip' } }),
  ),
})
