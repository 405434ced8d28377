import { calls, defineCheck, onReply } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'One path takes every request by POST',
  requirement: 'transport-endpoint-post',
  hint: 'All methods go to one endpoint: no path per method, no redirect, and no other HTTP method.',
  async run(client) {
    const { steps, listening } = await client.survey()
    const asked = steps.filter((step) => step.label === step.method)
    const replies = asked.map(({ method, reply }) => ({ method, reply }))
    if (listening) replies.push({ method: 'subscriptions/listen', reply: listening.reply })
    assume(
      replies.some(({ reply }) => reply.response?.result !== undefined),
      'a POST to the endpoint is answered with a result',
    )
    for (const { method, reply } of replies) {
      const elsewhere = [404, 405, 410, 501].includes(reply.status) && reply.response?.error === undefined
      expect(
        !elsewhere && !(reply.status >= 300 && reply.status < 400),
        `${method} must be taken at the endpoint itself`,
        'an answer of the MCP endpoint',
        describe(reply),
      )
    }
  },
  fault: onReply(calls('prompts/list'), { status: 404, headers: { 'content-type': 'text/html' }, body: 'Cannot POST' }),
})
