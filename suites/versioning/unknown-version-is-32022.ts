import { defineCheck, eachRefused, expectErrorCode, modernCodes, recodes } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A request for a version the server does not know is answered with the code -32022',
  requirement: 'versioning-unsupported-error',
  hint: 'Compare the version with your list before anything else about the request, for every method, and answer with UnsupportedProtocolVersionError.',
  async run(client) {
    for (const protocolVersion of ['1999-01-01', '2099-12-31', 'not-a-version'])
      await eachRefused(client, { meta: { protocolVersion } }, (reply, method) =>
        expectErrorCode(reply, modernCodes.unsupportedVersion, `${method} in version ${protocolVersion}`),
      )
  },
  fault: recodes(modernCodes.unsupportedVersion, -32600),
})
