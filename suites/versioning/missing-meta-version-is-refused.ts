import { defineCheck, eachRefused, expectErrorCode, modernCodes, overlooksMeta } from '../../src/conformance/check.js'
import { notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A request whose _meta names no protocol version is refused with -32602',
  requirement: 'versioning-meta-version-required',
  hint: 'Look for io.modelcontextprotocol/protocolVersion in the _meta of every request; the header does not replace it.',
  async run(client) {
    if (client.facts.otherEra)
      notApplicable('a server that serves older clients may take such a request for one of theirs')
    // With the header there, the lack in the body is also a mismatch of the two.
    const codes = [-32602, modernCodes.headerMismatch]
    await eachRefused(client, { meta: { protocolVersion: undefined } }, (reply, method) =>
      expectErrorCode(reply, codes, `${method} without a version in _meta`),
    )
    await eachRefused(client, { meta: false }, (reply, method) =>
      expectErrorCode(reply, codes, `${method} without _meta`),
    )
  },
  fault: overlooksMeta('protocolVersion', '2026-07-28'),
})
