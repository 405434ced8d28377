import { defineCheck, expanded, listedTemplates, servesRefused, unknownUris } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A resource that does not exist is never read as empty contents',
  requirement: 'resources-not-found-not-empty',
  needs: ['capability:resources'],
  hint: 'An empty contents array tells the client that the resource exists and is empty; answer with error -32602.',
  async run(client) {
    const survey = await client.survey()
    const canary = client.canary()
    const instances = listedTemplates(survey)
      .slice(0, 5)
      .map((template) => expanded(template, canary))
    for (const uri of [...unknownUris(survey, canary), ...instances]) {
      const { response } = await client.request('resources/read', { uri }, { id: client.canary('id') })
      const contents: unknown = response?.result?.contents
      const empty = response?.result !== undefined && (!Array.isArray(contents) || contents.length === 0)
      expect(!empty, `a read of ${uri}, which leads to nothing, gave empty contents`, 'error -32602', response)
    }
  },
  fault: servesRefused('resources/read', () => ({ contents: [] })),
})
