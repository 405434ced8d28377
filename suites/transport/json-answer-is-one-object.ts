import {
  defineCheck,
  isObject,
  isResponse,
  onReply,
  parseJson,
  plainRequest,
  successes,
} from '../../src/conformance/check.js'
import { assume, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A JSON answer is one response object and nothing more',
  requirement: 'transport-json-single-object',
  needs: ['streamable'],
  atEachRevision: true,
  hint: 'Send exactly one JSON object per request: no array around it, no second object or text behind it.',
  async run(client) {
    const steps = successes(await client.survey()).filter((step) => step.reply.type === 'application/json')
    const session = await client.open()
    const second = await session.request(client.plainMethod)
    if (second.ok && second.type === 'application/json')
      steps.push({ label: 'a second request', method: client.plainMethod, reply: second })
    if (steps.length === 0) notApplicable('the server answers with event streams')
    for (const { label, reply } of steps) {
      assume(reply.ended !== 'too-large' && reply.ended !== 'timeout', `the answer to ${label} was read whole`, reply)
      const body = parseJson(reply.text)
      const shown = reply.text.slice(0, 300)
      expect(isObject(body), `the body that answers ${label} must be one JSON object`, 'one JSON object', shown)
      expect(
        isResponse(body),
        `the body that answers ${label} must be a JSON-RPC response`,
        'a result or an error',
        shown,
      )
    }
  },
  fault: onReply(
    (request) => plainRequest.test(String(request.message?.method)),
    (reply) =>
      reply.body && String(reply.headers['content-type']).includes('json')
        ? { ...reply, body: `[${reply.body}]` }
        : reply,
  ),
})
