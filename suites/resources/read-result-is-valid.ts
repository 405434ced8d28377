import { defineCheck, everyRead, onResult } from '../../src/conformance/check.js'
import { expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'resources/read returns contents that each have a uri and either text or blob',
  requirement: 'schema-resources-read-result',
  needs: ['capability:resources'],
  atEachRevision: true,
  hint: 'contents is always an array, also for one item, and the text of a resource is a string, not an object.',
  async run(client) {
    for (const { uri, result } of await everyRead(client)) {
      expectShape(result, 'ReadResourceResult', client.revision, `the contents of ${uri}`)
    }
  },
  fault: onResult('resources/read', ({ contents, ...result }) => ({ ...result, contents: contents[0] })),
})
