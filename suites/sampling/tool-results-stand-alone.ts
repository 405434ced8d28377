import { asksUnfitly, defineCheck, everySampling, messagesOf } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'In requests to sample a message with results of tools holds nothing else',
  requirement: 'sampling-tool-results-alone',
  needs: ['tool'],
  hint: 'Put text for the model into a message of its own, after the one with the results.',
  async run(client) {
    for (const { params, what } of await everySampling(client))
      for (const { role, blocks } of messagesOf(params)) {
        const mixed = ['tool_result', 'other'].every((kind) =>
          blocks.some(({ type }) => (type === 'tool_result') === (kind === 'tool_result')),
        )
        expect(role !== 'user' || !mixed, `${what} mixes results of tools with other content`, 'results alone', blocks)
      }
  },
  fault: asksUnfitly('sampling/createMessage', {
    messages: [
      { role: 'user', content: { type: 'text', text: 'Is it raining?' } },
      { role: 'assistant', content: { type: 'tool_use', id: 'one', name: 'look', input: {} } },
      {
        role: 'user',
        content: [
          { type: 'tool_result', toolUseId: 'one', content: [{ type: 'text', text: 'no' }] },
          { type: 'text', text: 'And?' },
        ],
      },
    ],
    maxTokens: 10,
  }),
})
