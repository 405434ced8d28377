import { asksUnfitly, defineCheck, everySampling, messagesOf, toolIdsIn } from '../../src/conformance/check.js'
import { expectEqual } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'In requests to sample each use of a tool is followed at once by its result',
  requirement: 'sampling-tool-use-balanced',
  needs: ['tool'],
  hint: 'Models refuse a conversation in which a use of a tool has no result: answer all uses in the very next message.',
  async run(client) {
    for (const { params, what } of await everySampling(client)) {
      const messages = messagesOf(params)
      for (const [at, message] of messages.entries()) {
        const used = toolIdsIn(message, 'tool_use')
        if (message.role !== 'assistant' || used.length === 0) continue
        const next = messages[at + 1]
        const given = next?.role === 'user' ? toolIdsIn(next, 'tool_result') : []
        expectEqual([...given].sort(), [...used].sort(), `${what}: the results after a use of tools`)
      }
    }
  },
  fault: asksUnfitly('sampling/createMessage', {
    messages: [
      { role: 'user', content: { type: 'text', text: 'Is it raining?' } },
      { role: 'assistant', content: { type: 'tool_use', id: 'one', name: 'look', input: {} } },
      { role: 'user', content: { type: 'text', text: 'And?' } },
    ],
    maxTokens: 10,
  }),
})
