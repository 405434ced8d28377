import { asksUnfitly, defineCheck, plainlySampling } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Requests to sample bring tools only to clients that declared sampling.tools',
  requirement: 'sampling-tools-only-if-declared',
  needs: ['tool'],
  hint: 'Look for sampling.tools in the capabilities of the client before tools or toolChoice are added.',
  async run(client) {
    for (const { params, what } of await plainlySampling(client))
      for (const member of ['tools', 'toolChoice'])
        expect(
          params[member] === undefined || params[member] === 'none',
          `${what} has ${member}, for which the client declared nothing`,
          `no ${member}`,
          params[member],
        )
  },
  fault: asksUnfitly('sampling/createMessage', {
    messages: [{ role: 'user', content: { type: 'text', text: 'Is it raining?' } }],
    maxTokens: 10,
    tools: [{ name: 'look', inputSchema: { type: 'object' } }],
  }),
})
