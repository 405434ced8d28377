import { defineCheck, onResult } from '../../src/conformance/check.js'
import { assumeResult, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every page of tools/list and every tool on it has the form the schema gives them',
  requirement: 'schema-tools-list-result',
  needs: ['capability:tools'],
  atEachRevision: true,
  hint: 'Clients drop the whole list when one tool does not validate. Look for null where a field should be left out.',
  async run(client) {
    const survey = await client.survey()
    const again = assumeResult(await client.request('tools/list', {}), 'tools/list')
    for (const page of [...survey.results('tools/list'), again]) {
      expectShape(page, 'ListToolsResult', client.revision, 'a page of tools/list')
      for (const tool of page.tools) expectShape(tool, 'Tool', client.revision, `the tool ${JSON.stringify(tool.name)}`)
    }
  },
  fault: onResult('tools/list', (result) => ({
    ...result,
    tools: result.tools.map((tool: any) => ({ ...tool, description: null })),
  })),
})
