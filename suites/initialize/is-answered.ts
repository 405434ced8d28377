import { defineCheck, handshake, isObject, onResult } from '../../src/conformance/check.js'
import { expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'initialize is answered with version, capabilities and serverInfo at every supported revision',
  requirement: 'lifecycle-initialize-answered',
  hint: 'The result of initialize needs protocolVersion, capabilities (an empty object if there are none) and serverInfo with name and version.',
  async run(client) {
    const openings = await Promise.all(client.facts.revisions.map((revision) => handshake(client, revision)))
    for (const id of [0, client.canary()]) openings.push((await client.open({ id, initialized: false })).opening)
    for (const opening of openings) {
      const result = expectResult(opening, 'initialize')
      expect(
        typeof result.protocolVersion === 'string',
        'the result of initialize must name the protocol version',
        'a string',
        result.protocolVersion,
      )
      expect(
        isObject(result.capabilities),
        "the result of initialize must carry the server's capabilities",
        'an object',
        result.capabilities,
      )
      expect(
        isObject(result.serverInfo),
        'the result of initialize must carry serverInfo',
        'an object',
        result.serverInfo,
      )
    }
  },
  fault: onResult('initialize', ({ serverInfo: _, ...rest }) => rest),
})
