import { capabilityErrors, defineCheck, isObject, modernCodes, onError } from '../../src/conformance/check.js'
import { describe, expect, expectShape, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The error for a missing capability names what is missing, and who declares that gets on',
  requirement: 'versioning-missing-capability-data',
  needs: ['modern', 'tool'],
  hint: 'data.requiredCapabilities has the form of ClientCapabilities: {"elicitation": {"form": {}}}, not a list of names.',
  async run(client) {
    const errors = await capabilityErrors(client)
    if (errors.length === 0) notApplicable('no call was answered with -32021')
    for (const { what, reply, method, params } of errors) {
      const data: unknown = reply.response?.error?.data
      expectShape(data, 'MissingCapabilityData', client.revision, `the data of the error for ${what}`)
      const required: unknown = isObject(data) ? data.requiredCapabilities : undefined
      const named = isObject(required) && Object.keys(required).length > 0
      expect(named, `the error for ${what} names no capability`, 'at least one', data)
      const again = await client.request(method, params, { meta: { clientCapabilities: required } })
      const passed = again.response !== undefined && again.response.error?.code !== modernCodes.missingClientCapability
      expect(passed, `${what}, with what the error names, is refused still`, 'another answer', describe(again))
    }
  },
  fault: onError((error) =>
    error.code === modernCodes.missingClientCapability
      ? { ...error, data: { requiredCapabilities: { sampling: {} } } }
      : error,
  ),
})
