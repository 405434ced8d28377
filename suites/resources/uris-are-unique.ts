import { defineCheck, listedUris, namedTwice, onResult } from '../../src/conformance/check.js'
import { advise, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No two listed resources have the same URI',
  requirement: 'schema-resources-list-result',
  needs: ['capability:resources'],
  atEachRevision: true,
  hint: 'A URI names one resource; clients that key their cache by URI lose all but one of them.',
  async run(client) {
    const uris = listedUris(await client.survey())
    if (uris.length === 0) notTestable('resources/list shows no resources')
    const twice = await namedTwice(client, 'resources/list')
    advise(twice.length === 0, 'a URI is listed more than once', 'unique URIs', twice[0])
  },
  fault: onResult('resources/list', (result) => ({
    ...result,
    resources: result.resources.flatMap((one: any) => [one, one]),
  })),
})
