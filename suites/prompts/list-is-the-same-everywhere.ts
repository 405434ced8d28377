import { defineCheck, expectSameEverywhere, forgetsOnNewConnections, listsOf } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'The prompts are the same on every connection and after other requests',
  requirement: 'prompts-list-not-connection-dependent',
  needs: ['capability:prompts'],
  hint: 'Build the list from what the request itself says, its credentials included: a connection is nobody, and may be shared.',
  async run(client) {
    for (const list of listsOf('prompts')) await expectSameEverywhere(client, list)
  },
  fault: forgetsOnNewConnections('prompts/list', 'prompts'),
})
