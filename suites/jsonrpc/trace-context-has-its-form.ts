import {
  defineCheck,
  eachServed,
  everyModernResult,
  onResult,
  traceContext,
  traceProblem,
} from '../../src/conformance/check.js'
import { expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Trace contexts are taken, and those that the server sends have the form of the W3C',
  requirement: 'jsonrpc-meta-trace-format',
  needs: ['modern'],
  hint: 'traceparent, tracestate and baggage are the only keys without prefix: give back what came, or leave them out.',
  async run(client) {
    const { received } = await client.survey()
    for (const message of [...received.map((one) => one.message), ...(await everyModernResult(client))]) {
      const problem = traceProblem(message)
      expect(!problem, `a trace context of another form: ${problem}`, 'the form of the W3C', message)
    }
    await eachServed(client, { meta: traceContext }, (reply, method) => {
      expectResult(reply, `${method} with a trace context`)
      for (const message of reply.messages) {
        const problem = traceProblem(message)
        expect(!problem, `${method} gives back a broken trace context: ${problem}`, traceContext, message)
      }
    })
  },
  fault: onResult('tools/list', (result) => ({ ...result, _meta: { ...result._meta, traceparent: 'gauntlet' } })),
})
