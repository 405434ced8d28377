import { defineCheck, newerConstructs, onResult, toursWithin } from '../../src/conformance/check.js'
import { expectEqual } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Sessions of 2025-06-18 or later are shown nothing newer than their version',
  requirement: 'lifecycle-respect-version',
  needs: ['tool'],
  hint: 'Choose what you send by the version agreed in initialize, kept per session.',
  async run(client) {
    for (const session of await toursWithin(client, '2025-06-18', '2025-11-25'))
      expectEqual(newerConstructs(session), [], `the list of constructs newer than the agreed ${session.revision}`)
  },
  fault: onResult('tools/call', () => ({ task: { taskId: 'one', status: 'working' } })),
})
