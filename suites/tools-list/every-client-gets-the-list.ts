import { defineCheck, expectListAnswered, firstViews, listsOf, unknownMethod } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'With the tools capability declared every client gets the list of tools',
  requirement: 'tools-list-answered',
  needs: ['capability:tools'],
  hint: 'Answer tools/list to each request alike, whatever was asked before, and with an empty array where there is nothing to list.',
  async run(client) {
    const [list] = listsOf('tools')
    await expectListAnswered(client, list!)
    const { toolCalls } = await client.survey()
    const served = toolCalls.filter(({ reply }) => reply.response?.result).map(({ tool }) => tool.name)
    const [view] = await firstViews(client, list!)
    const missing = served.filter((name) => !view!.names.includes(name))
    expect(missing.length === 0 || view!.names.length > 0, 'tools/list is empty, yet tools are served', served, [])
    // Some servers keep tools back until they are searched for.
    advise(missing.length === 0, 'a tool that is served is not listed', served, missing)
  },
  fault: unknownMethod('tools/list'),
})
