import {
  climbingReads,
  defineCheck,
  expectNoCrash,
  isForeign,
  mayBeTemplated,
  servesRefused,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No spelling of a path leads out of what the server offers',
  requirement: 'resources-uri-validated',
  needs: ['capability:resources'],
  hint: 'Decode the path once, resolve it, and serve it only if it still lies below the root you expose.',
  async run(client) {
    const survey = await client.survey()
    for (const { uri, reply, served, text } of await climbingReads(client)) {
      const what = `a read of ${uri}`
      expectNoCrash(reply, what)
      const open = served > 0 && (isForeign(text) || !mayBeTemplated(uri, survey))
      expect(!open, `${what} must not succeed`, 'a JSON-RPC error', text.slice(0, 100))
    }
  },
  fault: servesRefused('resources/read', (params) => ({
    contents: [{ uri: params.uri, text: 'root:x:0:0:root:/root:/bin/sh' }],
  })),
})
