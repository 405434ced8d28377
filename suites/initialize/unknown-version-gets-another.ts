import { defineCheck, handshake, offerAll, onResult } from '../../src/conformance/check.js'
import { advise, describe, expect } from '../../src/conformance/expect.js'

const offers = ['1900-01-01', '2999-01-01', '2025-06-19', 'not-a-version', '1.0.0']

export default defineCheck({
  title: 'A client that asks for an unknown protocol version is offered another one',
  requirement: 'versioning-counteroffer',
  hint: 'Never echo a version you do not implement: answer with your newest one and let the client decide.',
  async run(client) {
    const errors: string[] = []
    await offerAll(client, offers)
    for (const offer of offers) {
      const opening = await handshake(client, offer)
      const { response } = opening
      if (response?.error !== undefined && opening.status < 500) {
        errors.push(describe(opening))
        continue
      }
      const version: unknown = response?.result?.protocolVersion
      expect(
        typeof version === 'string' && version !== '',
        `initialize with ${offer} must be answered with a version the server supports`,
        'a supported version',
        describe(opening),
      )
      expect(
        version !== offer,
        `the server agreed to ${offer}, which is no version of the protocol`,
        'another version',
        version,
      )
    }
    advise(
      errors.length === 0,
      'an unknown version is refused with an error in place of an offer, which locks newer clients out',
      'a result with a supported version',
      errors[0],
    )
  },
  fault: onResult('initialize', (result, _message, { call }) => ({
    ...result,
    protocolVersion: call?.params.protocolVersion,
  })),
})
