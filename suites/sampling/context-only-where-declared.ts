import { asksUnfitly, defineCheck, expectLeftOut } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Requests to sample ask for context of servers only where the client declared sampling.context',
  requirement: 'sampling-context-only-if-declared',
  needs: ['tool'],
  hint: 'Leave includeContext out, or "none": the other values are on their way out.',
  async run(client) {
    await expectLeftOut(client, ['includeContext'])
  },
  fault: asksUnfitly('sampling/createMessage', {
    messages: [{ role: 'user', content: { type: 'text', text: 'Is it raining?' } }],
    maxTokens: 10,
    includeContext: 'allServers',
  }),
})
