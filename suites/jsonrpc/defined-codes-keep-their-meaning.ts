import { defineCheck, everyModernError, modernCodes, onError } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const defined: number[] = Object.values(modernCodes)

export default defineCheck({
  title: 'The codes for headers, capabilities and versions are used for those alone',
  requirement: 'jsonrpc-defined-code-meaning',
  needs: ['modern'],
  hint: 'Clients act on these codes by themselves: they send the request again, or give the server up.',
  async run(client) {
    for (const { error, what, fitting } of await everyModernError(client)) {
      const fits = !defined.includes(error.code) || fitting.includes(error.code)
      expect(fits, `${what} is answered with ${error.code}`, 'a code that says what is wrong', error)
    }
  },
  fault: onError((error) => ({ ...error, code: modernCodes.missingClientCapability }), /^tools\/list$|^gauntlet/),
})
