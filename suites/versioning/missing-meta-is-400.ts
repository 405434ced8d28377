import { defineCheck, eachRefused, restates } from '../../src/conformance/check.js'
import { assume, expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The refusal of a request whose _meta lacks a member travels with HTTP 400',
  requirement: 'versioning-meta-missing-http-400',
  hint: 'JSON-RPC errors over HTTP 200 were right in older revisions; this one has to be a 400.',
  async run(client) {
    const lacks = client.facts.otherEra ? ['clientCapabilities'] : ['clientCapabilities', 'protocolVersion']
    for (const member of lacks)
      await eachRefused(client, { meta: { [member]: undefined } }, (reply, method) => {
        assume(reply.response?.error !== undefined, `a request without ${member} is answered with an error`, reply)
        expectStatus(reply, 400, `${method} without ${member} in _meta`)
      })
  },
  fault: restates(-32602, 200),
})
