import { defineCheck, expectInternalCode, failsInside, longText } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A failure inside the server in setting the log level is answered with -32603',
  requirement: 'logging-internal-error-32603',
  needs: ['capability:logging'],
  hint: "Keep -32603 for failures that are not the caller's, and codes above -32000 for what your own clients know.",
  async run(client) {
    await expectInternalCode(client, 'logging/setLevel', [{ level: longText }, { level: '__proto__' }])
  },
  fault: failsInside('logging/setLevel'),
})
