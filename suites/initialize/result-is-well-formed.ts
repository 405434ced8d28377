import { defineCheck, handshake, offerAll, onResult } from '../../src/conformance/check.js'
import { assumeResult, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The result of initialize has the form the agreed revision gives it',
  requirement: 'schema-initialize-result',
  hint: 'protocolVersion is text, capabilities an object, serverInfo has name and version as text; instructions, if any, is text.',
  async run(client) {
    await offerAll(client, client.facts.revisions)
    for (const revision of client.facts.revisions) {
      const opening = await handshake(client, revision)
      expectShape(
        assumeResult(opening, 'initialize'),
        'InitializeResult',
        revision,
        `the result of initialize at ${revision}`,
      )
    }
  },
  fault: onResult('initialize', (result) => ({ ...result, serverInfo: { name: result.serverInfo.name } })),
})
