import { asksUnfitly, defineCheck, expectLeftOut } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Requests to sample bring tools only to clients that declared sampling.tools',
  requirement: 'sampling-tools-only-if-declared',
  needs: ['tool'],
  hint: 'Look for sampling.tools in the capabilities of the client before tools or toolChoice are added.',
  async run(client) {
    await expectLeftOut(client, ['tools', 'toolChoice'])
  },
  fault: asksUnfitly('sampling/createMessage', {
    messages: [{ role: 'user', content: { type: 'text', text: 'Is it raining?' } }],
    maxTokens: 10,
    tools: [{ name: 'look', inputSchema: { type: 'object' } }],
  }),
})
