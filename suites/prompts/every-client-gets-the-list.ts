import { defineCheck, expectListAnswered, listsOf, unknownMethod } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'With the prompts capability declared every client gets the list of prompts',
  requirement: 'prompts-list-answered',
  needs: ['capability:prompts'],
  hint: 'Answer prompts/list to each request alike, whatever was asked before, and with an empty array where there is nothing to list.',
  async run(client) {
    await expectListAnswered(client, listsOf('prompts')[0]!)
  },
  fault: unknownMethod('prompts/list'),
})
