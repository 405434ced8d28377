import { defineCheck, expectListAnswered, listsOf, unknownMethod } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'With the resources capability declared every client gets the list of resources',
  requirement: 'resources-list-answered',
  needs: ['capability:resources'],
  hint: 'Answer resources/list to each request alike, whatever was asked before, and with an empty array where there is nothing to list.',
  async run(client) {
    await expectListAnswered(client, listsOf('resources')[0]!)
  },
  fault: unknownMethod('resources/list'),
})
