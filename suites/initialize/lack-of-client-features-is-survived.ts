import { calls, defineCheck, instead } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Tools called by a client without capabilities end in an answer',
  requirement: 'lifecycle-error-cases-handled',
  needs: ['tool'],
  hint: 'A tool that needs sampling, roots or elicitation answers with an error when the client did not declare it.',
  async run(client) {
    for (const { reply, tool } of (await client.survey()).toolCalls) {
      assume(reply.ended !== 'timeout', `${tool.name} answers in time`, reply)
      const answered = reply.response !== undefined && reply.status < 500
      expect(answered, `a call of ${tool.name} must end in an answer`, 'a result or an error', describe(reply))
    }
  },
  fault: instead(calls('tools/call'), () => ({
    status: 500,
    headers: {},
    body: 'TypeError: client.capabilities.sampling is undefined',
  })),
})
