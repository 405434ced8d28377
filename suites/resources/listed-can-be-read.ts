import { defineCheck, onAnswer, rpcError, throttled, whileListed } from '../../src/conformance/check.js'
import { advise, describe, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What resources/list shows can be read',
  requirement: 'schema-resources-read-result',
  needs: ['capability:resources'],
  atEachRevision: true,
  hint: 'Look resources up under exactly the URI that is listed; URL classes add slashes and change escapes on the way.',
  async run(client) {
    const survey = await client.survey()
    const reads = survey.all('resources/read').filter((step) => !throttled(step.reply))
    if (reads.length === 0) notTestable('resources/list shows no resources')
    for (const { reply, params } of reads) {
      if (reply.response?.result !== undefined) continue
      await whileListed(client, 'resources/list', params?.uri, async () => {
        const again = await client.request('resources/read', { uri: params?.uri })
        const served = throttled(again) || again.response?.result !== undefined
        advise(served, `the listed resource ${params?.uri} cannot be read`, 'a result', describe(again))
      })
    }
  },
  fault: onAnswer('resources/read', () => rpcError(-32603)),
})
