import {
  ableClient,
  capabilitiesFrom,
  defineCheck,
  featureOf,
  onceUnable,
  requestsOf,
  retry,
  sufficientCalls,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Nothing is asked of a client that did not declare that it can answer',
  requirement: 'mrtr-no-undeclared-input-requests',
  needs: ['modern', 'tool'],
  hint: 'Look at the capabilities of the very request, on retries too, before you add a question.',
  async run(client) {
    const unable = await onceUnable(client)
    const retried = unable
      .filter(({ part }) => part === undefined)
      .map(async ({ asked, declared }) => {
        const reply = await retry(client, asked, { responses: {} }, { meta: { clientCapabilities: declared } })
        return { reply, declared }
      })
    const sufficient = await sufficientCalls(client)
    for (const { reply, declared } of [...unable, ...(await Promise.all(retried)), ...sufficient])
      for (const { key, method, request } of requestsOf(reply.response?.result ?? {})) {
        const feature = String(featureOf(method))
        const known = feature in declared || !(feature in ableClient)
        const to = `a client with capabilities ${JSON.stringify(declared)}`
        expect(known, `${to} is asked ${key}`, 'only what was declared', request)
      }
  },
  fault: capabilitiesFrom(() => ({ elicitation: {} })),
})
