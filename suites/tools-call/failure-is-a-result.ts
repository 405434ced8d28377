import { defineCheck, expectNoCrash, failingCalls } from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A call with arguments that fit the schema is answered with a result; when the tool fails, with isError',
  requirement: 'tools-execution-error-in-result',
  needs: ['tool'],
  hint: 'Catch what the tool throws and return { content, isError: true }; a JSON-RPC error never reaches the model, and an error text without isError looks like success.',
  async run(client) {
    for (const { what, reply } of await failingCalls(client)) {
      expectNoCrash(reply, what)
      const { error, result } = reply.response ?? {}
      const refusal = error?.code === -32602 && client.revision < '2025-11-25'
      expect(
        error === undefined || refusal,
        `${what} should be answered with a result`,
        'a result, with isError if it failed',
        describe(reply),
      )
      const text = String(result?.content?.[0]?.text ?? '')
      expect(
        result?.isError === true || !/^\s*(error|exception|failed)\s*:/i.test(text),
        `${what} failed, which isError should say`,
        'isError: true',
        result,
      )
    }
  },
  fault: {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || !/canary/.test(JSON.stringify(context.call.params?.arguments ?? '')))
        return undefined
      return 'result' in message
        ? { jsonrpc: '2.0', id: message.id, error: { code: -32603, message: 'No such place' } }
        : undefined
    },
  },
})
