import { defineCheck, greeting, listedUris, onResult } from '../../src/conformance/check.js'
import { advise, assumeResult, describe, notApplicable, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that accepts subscriptions declares resources.subscribe',
  requirement: 'resources-capability-declared',
  needs: ['capability:resources'],
  hint: 'Declare resources: {"subscribe": true}, or do not handle resources/subscribe: clients trust the declaration.',
  async run(client) {
    const { facts } = client
    if (facts.transport === 'streamable-http' && !facts.sessions) notApplicable('the server keeps no sessions')
    const { capabilities } = assumeResult((await client.session()).opening, 'initialize')
    const [uri] = listedUris(await client.survey())
    if (uri === undefined) notTestable('resources/list shows no resources')
    const reply = await client.request('resources/subscribe', { uri })
    await client.request('resources/unsubscribe', { uri })
    const honest = capabilities?.resources?.subscribe === true || reply.response?.result === undefined
    advise(
      honest,
      'resources/subscribe succeeds without resources.subscribe being declared',
      'an error',
      describe(reply),
    )
  },
  fault: onResult(greeting, (result) => ({ ...result, capabilities: { ...result.capabilities, resources: {} } })),
})
