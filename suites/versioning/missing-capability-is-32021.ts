import {
  asksWhatIsDeclared,
  defineCheck,
  isDone,
  modernCodes,
  onceUnable,
  recodes,
  throttled,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A call that needs a capability the client did not declare is answered with -32021',
  requirement: 'versioning-missing-capability-error',
  needs: ['modern', 'tool'],
  hint: 'Throw MissingRequiredClientCapabilityError, before the tool runs, and not a result with isError.',
  async run(client) {
    for (const call of await onceUnable(client)) {
      const { reply, what } = call
      const code = reply.response?.error?.code
      const asks = reply.response?.result?.resultType === 'input_required' && asksWhatIsDeclared(call)
      const fine = code === modernCodes.missingClientCapability || isDone(reply) || asks || throttled(reply)
      expect(fine, `${what} is answered otherwise`, modernCodes.missingClientCapability, describe(reply))
    }
  },
  fault: recodes(modernCodes.missingClientCapability, -32603),
})
