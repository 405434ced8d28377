import { defineCheck, expectSameEverywhere, forgetsOnNewConnections, listsOf } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'The tools are the same on every connection and after other requests',
  requirement: 'tools-list-not-connection-dependent',
  needs: ['capability:tools'],
  hint: 'Build the list from what the request itself says, its credentials included: a connection is nobody, and may be shared.',
  async run(client) {
    for (const list of listsOf('tools')) await expectSameEverywhere(client, list)
  },
  fault: forgetsOnNewConnections('tools/list', 'tools'),
})
