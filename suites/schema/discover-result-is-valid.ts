import { defineCheck, onResult } from '../../src/conformance/check.js'
import { assume, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The result of server/discover has the form of the revision',
  requirement: 'schema-discover-result',
  needs: ['modern'],
  hint: 'supportedVersions is a list of texts, capabilities an object of objects; resultType, ttlMs and cacheScope belong to it.',
  async run(client) {
    const results = (await client.survey()).results('server/discover')
    assume(results.length > 0, 'server/discover is answered with a result')
    for (const result of results)
      expectShape(result, 'DiscoverResult', client.revision, 'the result of server/discover')
  },
  fault: onResult('server/discover', (result) => ({ ...result, instructions: { text: 'none' } })),
})
