import { completables, completing, defineCheck, expectErrorCode, wrongCode } from '../../src/conformance/check.js'
import { notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A known argument of an invented prompt yields error -32602',
  requirement: 'completion-unknown-prompt-32602',
  needs: ['capability:completions'],
  async run(client) {
    const known = (await completables(client)).filter((one) => one.ref.type === 'ref/prompt')
    if (known.length === 0) notTestable('no listed prompt has arguments')
    for (const one of known) {
      const { argument } = completing(one)
      const ref = { type: 'ref/prompt', name: client.canary() }
      const reply = await client.request('completion/complete', { ref, argument })
      expectErrorCode(reply, -32602, `completion of ${one.argument} for an unknown prompt`)
    }
  },
  fault: wrongCode('completion/complete', -32002),
})
