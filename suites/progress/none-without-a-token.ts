import {
  callTool,
  defineCheck,
  listeningSession,
  progressFor,
  progressIn,
  progressingTools,
  withMessage,
  withoutTokens,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A request without a progressToken gets no progress, not even after one that had a token',
  requirement: 'progress-known-token',
  needs: ['tool'],
  hint: 'Send progress only when the request has _meta.progressToken; do not keep the token of an earlier request, nor make one up.',
  async run(client) {
    const [tool] = await progressingTools(client)
    const [fresh, used] = await Promise.all([listeningSession(client), listeningSession(client)])
    const plain = async (session: typeof fresh) => {
      const from = session.received.length
      await callTool(session, tool.name, tool.arguments)
      return progressIn(session.received).filter((one) => one.index >= from)
    }
    const afterToken = async () => {
      await progressFor(used, tool, [client.canary('token')])
      await client.pause(100)
      return plain(used)
    }
    const plainly = progressIn(await withoutTokens(client))
    for (const seen of [plainly, ...(await Promise.all([plain(fresh), afterToken()]))]) {
      expect(seen.length === 0, 'progress came although the request gave no token', 'no progress', seen[0]?.message)
    }
  },
  fault: {
    request(request) {
      const { message } = request
      if (message?.method !== 'tools/call' || message.params?._meta?.progressToken) return undefined
      const _meta = { ...message.params?._meta, progressToken: 0 }
      return withMessage(request, { ...message, params: { ...message.params, _meta } })
    },
  },
})
