import { defineCheck, progressCrowd, progressIn } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress carries the token of its request, unchanged in value and type',
  requirement: 'progress-known-token',
  needs: ['tool'],
  hint: 'Pass _meta.progressToken through as it came: "7" and 7 are different tokens, and 0 and "" are tokens too.',
  async run(client) {
    const { received, toolCalls } = await client.survey()
    const given = toolCalls.map((call) => call.progressToken)
    const stray = progressIn(received).find(({ token }) => !given.some((one) => one === token))
    expect(!stray, 'progress came with a token that no request gave', given, stray?.message)
    const { tokens, seen } = await progressCrowd(client)
    for (const { token } of seen) {
      expect(
        tokens.some((one) => one === token),
        'progress came with a token that no request gave',
        tokens,
        token,
      )
    }
  },
  fault: {
    message(message) {
      const token = message.params?.progressToken
      if (message.method !== 'notifications/progress' || typeof token !== 'number') return undefined
      return { ...message, params: { ...message.params, progressToken: String(token) } }
    },
  },
})
