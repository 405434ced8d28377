import { defineCheck, eachRefused, modernCodes, onError } from '../../src/conformance/check.js'
import { assume, describe, expect, expectEqual } from '../../src/conformance/expect.js'

const asked = '1999-01-01'

export default defineCheck({
  title: 'The error for a version the server does not know names what it supports and what was asked for',
  requirement: 'versioning-unsupported-lists-supported',
  hint: 'Clients choose their next version from data.supported: list the same versions as in server/discover.',
  run: (client) =>
    eachRefused(client, { meta: { protocolVersion: asked } }, (reply, method) => {
      const error = reply.response?.error
      assume(error?.code === modernCodes.unsupportedVersion, 'an unknown version is answered with -32022', reply)
      const supported: unknown = error.data?.supported
      expect(
        Array.isArray(supported) && supported.length > 0 && supported.every((one) => typeof one === 'string'),
        `${method}: data.supported must list versions`,
        'a list of texts',
        describe(reply),
      )
      expect(
        supported.includes(client.revision),
        `${method}: the version in use is missing`,
        client.revision,
        supported,
      )
      expectEqual(error.data.requested, asked, `${method}: data.requested`)
    }),
  fault: onError((error) =>
    error.code === modernCodes.unsupportedVersion ? { ...error, data: { requested: error.data.requested } } : error,
  ),
})
