import { defineCheck, expectSameEverywhere, forgetsOnNewConnections, listsOf } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'The resources are the same on every connection and after other requests',
  requirement: 'resources-list-not-connection-dependent',
  needs: ['capability:resources'],
  hint: 'Build the list from what the request itself says, its credentials included: a connection is nobody, and may be shared.',
  async run(client) {
    for (const list of listsOf('resources')) await expectSameEverywhere(client, list)
  },
  fault: forgetsOnNewConnections('resources/list', 'resources'),
})
