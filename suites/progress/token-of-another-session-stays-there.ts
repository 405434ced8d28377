import { defineCheck, progressOfTwo } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress of one client never reaches another',
  requirement: 'progress-known-token',
  needs: ['tool'],
  hint: 'Send progress through the request that asked for it (extra.sendNotification, ctx.report_progress), not through one server object that all sessions share.',
  async run(client) {
    for (const { tokens, seen } of await progressOfTwo(client)) {
      const foreign = seen.find(({ token }) => !tokens.some((one) => one === token))
      expect(!foreign, 'progress arrived with a token that this session never gave', tokens, foreign?.message)
    }
  },
  fault() {
    const tokens = new Set<unknown>()
    return {
      request(request) {
        const token = request.message?.params?._meta?.progressToken
        if (token !== undefined) tokens.add(token)
        return undefined
      },
      message(message) {
        const other = [...tokens].find((one) => one !== message.params?.progressToken)
        if (message.method !== 'notifications/progress' || other === undefined) return undefined
        return { ...message, params: { ...message.params, progressToken: other } }
      },
    }
  },
})
