import { defineCheck, expectInternalCode, failsInside, longText } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A read that fails inside the server is answered with -32603',
  requirement: 'resources-internal-error-code',
  needs: ['capability:resources'],
  hint: "Keep -32603 for failures that are not the caller's, and codes above -32000 for what your own clients know.",
  async run(client) {
    await expectInternalCode(client, 'resources/read', [
      { uri: `gauntlet-canary:///${longText}` },
      { uri: 'gauntlet-canary:///%00%zz' },
      { uri: 'gauntlet-canary:///../../..' },
    ])
  },
  fault: failsInside('resources/read'),
})
