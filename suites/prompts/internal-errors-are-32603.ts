import { defineCheck, expectInternalCode, failsInside, longText } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A prompt that fails inside the server is answered with -32603',
  requirement: 'prompts-internal-error-32603',
  needs: ['capability:prompts'],
  hint: "Keep -32603 for failures that are not the caller's, and codes above -32000 for what your own clients know.",
  async run(client) {
    await expectInternalCode(client, 'prompts/get', [
      { name: longText },
      { name: 'gauntlet-canary', arguments: { text: longText } },
      { name: '__proto__', arguments: {} },
    ])
  },
  fault: failsInside('prompts/get'),
})
