import { defineCheck, expectErrorCode, servesRefused } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Completing an argument of a prompt that does not exist yields error -32602',
  requirement: 'completion-unknown-prompt-32602',
  needs: ['capability:completions'],
  hint: 'Look the prompt up first; an empty list of values tells the client that the name is right.',
  async run(client) {
    for (const name of [client.canary(), '', '__proto__']) {
      const params = { ref: { type: 'ref/prompt', name }, argument: { name: 'argument', value: 'a' } }
      const reply = await client.request('completion/complete', params)
      expectErrorCode(reply, -32602, `completion for the unknown prompt ${JSON.stringify(name)}`)
    }
  },
  fault: servesRefused('completion/complete', () => ({ completion: { values: [] } })),
})
