import { asksUnfitly, defineCheck, plainlySampling } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Requests to sample ask for context of servers only where the client declared sampling.context',
  requirement: 'sampling-context-only-if-declared',
  needs: ['tool'],
  hint: 'Leave includeContext out, or "none": the other values are on their way out.',
  async run(client) {
    for (const { params, what } of await plainlySampling(client))
      for (const member of ['includeContext'])
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
    includeContext: 'allServers',
  }),
})
