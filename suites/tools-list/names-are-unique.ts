import { defineCheck, namedTwice, onResult } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No two tools of a server have the same name, over all pages of the list',
  requirement: 'tools-name-unique',
  needs: ['capability:tools'],
  atEachRevision: true,
  hint: 'A server put together from several others needs a prefix per source.',
  async run(client) {
    const { tools } = await client.survey()
    if (tools.length === 0) notTestable('tools/list shows no tools')
    const names = tools.map((tool) => tool.name)
    const twice = await namedTwice(client, 'tools/list')
    expect(twice.length === 0, `tools share a name: ${twice.join(', ')}`, 'each name once', names)
  },
  fault: onResult('tools/list', (result) => ({ ...result, tools: [...result.tools, result.tools[0]] })),
})
