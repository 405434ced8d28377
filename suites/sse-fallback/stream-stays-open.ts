import { defineCheck } from '../../src/conformance/check.js'
import { assumeResult, expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The stream stays open from request to request',
  requirement: 'legacy-sse-two-endpoints',
  needs: ['legacy-sse'],
  hint: 'Do not end the stream after an answer: everything the server says for the whole session comes over it.',
  async run(client) {
    const session = await client.open()
    assumeResult(await session.request('ping'), 'a first ping')
    await client.pause(200)
    const { reply } = session.received[0]!
    expect(reply.ended === undefined, 'the stream ended though the client had not left', 'an open stream', reply.ended)
    expectResult(await session.request('ping'), 'a second ping over the same stream')
    if (client.facts.capabilities.tools)
      expectResult(await session.request('tools/list'), 'tools/list over the same stream')
  },
  fault: (): import('../../src/conformance/check.js').Fault => {
    const pinged = new Set<string>()
    return {
      request({ message, url }) {
        if (message?.method !== 'ping') return undefined
        if (pinged.has(url)) return { status: 404, headers: {}, body: 'the stream is gone' }
        pinged.add(url)
        return undefined
      },
    }
  },
})
