import { defineCheck, expectNoResult, onAnswer } from '../../src/conformance/check.js'
import { assume } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A read of a URI of very many characters is refused in an orderly way',
  requirement: 'resources-uri-validated',
  needs: ['capability:resources'],
  async run(client) {
    const control = await client.request(client.plainMethod)
    assume(control.response?.result !== undefined, 'a ping is answered', control)
    // Since 2026-07-28 the URI travels in a header too, where HTTP servers take about 16,000 characters in all.
    const length = client.modern ? 6000 : 100_000
    const uri = `gauntlet-canary:///${'a'.repeat(length)}`
    const reply = await client.request('resources/read', { uri })
    const hungUp = reply.status === 0 && reply.ended !== 'timeout'
    if (!hungUp) expectNoResult(reply, `a read of a URI of ${length} characters`)
    const after = await (await client.open()).request(client.plainMethod)
    assume(after.status !== 0, 'the server still answers', after)
  },
  fault: onAnswer('resources/read', (_, params) =>
    String(params.uri).length > 5999
      ? { error: { code: -32603, message: "Cannot read properties of undefined (reading 'text')" } }
      : undefined,
  ),
})
