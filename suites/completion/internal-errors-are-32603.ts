import { defineCheck, expectInternalCode, failsInside, longText } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A completion that fails inside the server is answered with -32603',
  requirement: 'completion-internal-error-32603',
  needs: ['capability:completions'],
  hint: "Keep -32603 for failures that are not the caller's, and codes above -32000 for what your own clients know.",
  async run(client) {
    await expectInternalCode(client, 'completion/complete', [
      { ref: { type: 'ref/prompt', name: longText }, argument: { name: longText, value: longText } },
      { ref: { type: 'ref/resource', uri: 'gauntlet-canary:///%zz' }, argument: { name: 'x', value: '' } },
    ])
  },
  fault: failsInside('completion/complete'),
})
