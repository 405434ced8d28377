import { capabilityErrors, defineCheck, modernCodes, restates } from '../../src/conformance/check.js'
import { expectStatus, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The error for a missing capability travels with HTTP 400',
  requirement: 'versioning-missing-capability-http-400',
  needs: ['modern', 'tool'],
  hint: 'Look at the capabilities before the answer begins: a stream that was opened says 200.',
  async run(client) {
    const errors = await capabilityErrors(client)
    if (errors.length === 0) notApplicable('no call was answered with -32021')
    for (const { what, reply } of errors) expectStatus(reply, 400, what)
  },
  fault: restates(modernCodes.missingClientCapability, 200),
})
