import { defineCheck, newerConstructs, onResult, toursWithin } from '../../src/conformance/check.js'
import { expectEqual } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Sessions of up to 2025-03-26 are shown nothing newer than their version',
  requirement: 'lifecycle-respect-version-should',
  needs: ['tool'],
  hint: 'Choose what you send by the version agreed in initialize: audio content came with 2025-03-26, resource links with 2025-06-18.',
  async run(client) {
    for (const session of await toursWithin(client, '2024-11-05', '2025-03-26'))
      expectEqual(newerConstructs(session), [], `the list of constructs newer than the agreed ${session.revision}`)
  },
  fault: onResult('tools/call', (result) => ({
    ...result,
    content: [...result.content, { type: 'resource_link', uri: 'file:///a', name: 'a' }],
  })),
})
