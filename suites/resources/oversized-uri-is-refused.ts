import { defineCheck, expectNoResult, onAnswer } from '../../src/conformance/check.js'
import { assume } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A read of a URI of 100,000 characters is refused in an orderly way',
  requirement: 'resources-uri-validated',
  needs: ['capability:resources'],
  async run(client) {
    const control = await client.request('ping')
    assume(control.response?.result !== undefined, 'a ping is answered', control)
    const uri = `gauntlet-canary:///${'a'.repeat(100_000)}`
    const reply = await client.request('resources/read', { uri })
    const hungUp = reply.status === 0 && reply.ended !== 'timeout'
    if (!hungUp) expectNoResult(reply, 'a read of a URI of 100,000 characters')
    const after = await (await client.open()).request('ping')
    assume(after.status !== 0, 'the server still answers', after)
  },
  fault: onAnswer('resources/read', (_, params) =>
    String(params.uri).length > 9999
      ? { error: { code: -32603, message: "Cannot read properties of undefined (reading 'text')" } }
      : undefined,
  ),
})
