import { defineCheck, listeningSession, progressFor, progressingTools } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress of one client never reaches another',
  requirement: 'progress-known-token',
  needs: ['tool'],
  hint: 'Send progress through the request that asked for it (extra.sendNotification, ctx.report_progress), not through one server object that all sessions share.',
  async run(client) {
    const [tool] = await progressingTools(client)
    const sessions = await Promise.all([listeningSession(client), listeningSession(client)])
    const tokens = sessions.map(() => client.canary('token'))
    const seen = await Promise.all(sessions.map((session, i) => progressFor(session, tool, [tokens[i]!])))
    for (const [i, list] of seen.entries()) {
      const foreign = list.find(({ token }) => token !== tokens[i])
      expect(!foreign, 'progress arrived with a token that this session never gave', tokens[i], foreign?.message)
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
