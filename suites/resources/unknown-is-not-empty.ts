import { defineCheck, servesRefused, throttled, unknownUris } from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Reading a resource that does not exist is an error, never a result',
  requirement: 'resources-not-found-32002',
  needs: ['capability:resources'],
  hint: 'An empty contents array tells the client that the resource exists and is empty; answer with error -32002.',
  async run(client) {
    for (const uri of unknownUris(await client.survey(), client.canary())) {
      const reply = await client.request('resources/read', { uri }, { id: client.canary('id') })
      const refused = throttled(reply) || reply.response?.result === undefined
      expect(refused, `a read of the unknown resource ${uri} succeeded`, 'error -32002', describe(reply))
    }
  },
  fault: servesRefused('resources/read', () => ({ contents: [] })),
})
