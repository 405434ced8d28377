import { defineCheck, listeningSession, nextId, progressFor, progressingTools } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress carries the token of its request, unchanged in value and type',
  requirement: 'progress-known-token',
  needs: ['tool'],
  hint: 'Pass _meta.progressToken through as it came: "7" and 7 are different tokens, and 0 and "" are tokens too.',
  async run(client) {
    const [tool] = await progressingTools(client)
    const session = await listeningSession(client)
    const tokens = [client.canary('token'), `${nextId()}00000`, nextId() + 4_000_000, 0, -7, '', 9_007_199_254_740_991]
    for (const { token } of await progressFor(session, tool, tokens)) {
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
