import { defineCheck, eachFlawed, expectFlawsRefused, overlooksHeader } from '../../src/conformance/check.js'
import { advise, describe } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A header in base64 form that cannot be decoded is refused',
  requirement: 'headers-malformed-base64-rejected',
  hint: 'Decode strictly: many decoders skip what is not base64 and take the rest.',
  async run(client) {
    await expectFlawsRefused(client, 'base64', 'argument base64')
    await eachFlawed(client, ['lenient base64', 'argument lenient base64'], (reply, what) =>
      advise(reply.response?.result === undefined, `${what} should be refused`, 'HTTP 400', describe(reply)),
    )
  },
  fault: overlooksHeader('mcp-name', (value) => /^=\?base64\?.*!/.test(value ?? '')),
})
