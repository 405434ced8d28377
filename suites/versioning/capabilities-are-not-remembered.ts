import {
  ableClient,
  callAble,
  capabilitiesFrom,
  defineCheck,
  nameOfCall,
  needQuestions,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What a client declared on one request does not count on the next',
  requirement: 'versioning-capabilities-not-inferred',
  needs: ['modern', 'tool'],
  // Beside other checks their requests take the connections that this one has used.
  alone: true,
  hint: 'Read the capabilities from the _meta of each request; keep none by connection, by client name or by user.',
  async run(client) {
    for (const call of await needQuestions(client)) {
      // Several at once and then as many again, so that some of them share a connection.
      const able = Array.from({ length: 3 }, () => callAble(client, call))
      await Promise.all([...able, client.request('server/discover', {}, { meta: { clientCapabilities: ableClient } })])
      const bare = { meta: { clientCapabilities: {} } }
      const later = Array.from({ length: 4 }, () => client.request(call.method, call.params, bare))
      for (const reply of await Promise.all(later))
        expect(
          Object.keys(reply.response?.result?.inputRequests ?? {}).length === 0,
          `${nameOfCall(call)} without capabilities, after the same with some, asks`,
          'what is answered to a client that declares nothing',
          describe(reply),
        )
    }
  },
  fault: () => {
    let last: unknown = {}
    return capabilitiesFrom((own) => {
      if (Object.keys(own ?? {}).length > 0) last = own
      return last
    })
  },
})
