import { defineCheck, eachRefused, modernCodes, restates } from '../../src/conformance/check.js'
import { assume, expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The error for a version the server does not know travels with HTTP 400',
  requirement: 'versioning-unsupported-http-400',
  hint: 'Clients tell a modern server from an old one by the body of a 400: do not send this error with 200.',
  run: (client) =>
    eachRefused(client, { meta: { protocolVersion: '1999-01-01' } }, (reply, method) => {
      assume(reply.response?.error !== undefined, 'an unknown version is answered with an error', reply)
      expectStatus(reply, 400, `${method} in version 1999-01-01`)
    }),
  fault: restates(modernCodes.unsupportedVersion, 200),
})
