import { completables, completing, defineCheck, unknownMethod } from '../../src/conformance/check.js'
import { advise, describe } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'With the completions capability declared completion/complete exists',
  requirement: 'completion-capability-declared',
  needs: ['capability:completions'],
  hint: 'Handle completion/complete, or do not declare completions.',
  async run(client) {
    for (const one of await completables(client)) {
      const reply = await client.request('completion/complete', completing(one))
      advise(
        reply.response?.error?.code !== -32601,
        'completions are declared and not served',
        'a result',
        describe(reply),
      )
    }
  },
  fault: unknownMethod('completion/complete'),
})
