import { defineCheck, eachRefused, expectErrorCode, overlooksMeta } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A request whose _meta names no client capabilities is refused with -32602',
  requirement: 'versioning-meta-capabilities-required',
  hint: 'An empty object says that a client has no capabilities; a missing member is a malformed request.',
  run: (client) =>
    eachRefused(client, { meta: { clientCapabilities: undefined } }, (reply, method) =>
      expectErrorCode(reply, -32602, `${method} without client capabilities in _meta`),
    ),
  fault: overlooksMeta('clientCapabilities', {}),
})
