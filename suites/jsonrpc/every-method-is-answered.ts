import { defineCheck } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every request that is taken is answered with a result or an error',
  requirement: 'jsonrpc-result-xor-error',
  atEachRevision: true,
  hint: 'An exception in a handler must become a JSON-RPC error with the id of the request.',
  async run(client) {
    const survey = await client.survey()
    for (const { label, reply } of survey.steps) {
      if (!reply.ok || label === 'tools/call') continue
      assume(reply.response !== undefined || reply.ended !== 'too-large', `the answer to ${label} is read whole`, reply)
      expect(
        reply.response !== undefined,
        `${label} was answered with neither a result nor an error`,
        'a response',
        describe(reply),
      )
    }
  },
  fault: {
    message(message, { call }) {
      if (call?.method !== 'prompts/list') return undefined
      const { result: _, ...rest } = message
      return rest
    },
  },
})
