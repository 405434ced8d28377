import { asksUnfitly, defineCheck, everySampling, messagesOf } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Messages to sample from are of the user or the assistant and have content',
  requirement: 'sampling-message-fields',
  needs: ['tool'],
  hint: 'Instructions for the model go into systemPrompt, not into a message of a role "system".',
  async run(client) {
    for (const { params, what } of await everySampling(client))
      for (const { role, blocks } of messagesOf(params))
        expect(
          (role === 'user' || role === 'assistant') &&
            blocks.every(({ type }) => typeof type === 'string') &&
            blocks.length > 0,
          `${what} has a message without a role or content`,
          'role and content',
          { role, blocks },
        )
  },
  fault: asksUnfitly('sampling/createMessage', {
    messages: [{ role: 'system', content: { type: 'text', text: 'Be brief' } }],
    maxTokens: 10,
  }),
})
