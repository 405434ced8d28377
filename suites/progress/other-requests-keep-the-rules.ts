import {
  defineCheck,
  listeningSession,
  progressIn,
  request,
  servedCalls,
  standstill,
} from '../../src/conformance/check.js'
import { assume, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress of lists, reads and prompts carries the token of its request and increases',
  requirement: 'progress-known-token',
  hint: 'Pass _meta.progressToken through as it came, whatever the method.',
  async run(client) {
    const session = await listeningSession(client)
    const calls = (await servedCalls(client, /^(\w+\/list|resources\/read|prompts\/get)$/)).map(
      ({ method, params }) => {
        const token = client.canary('token')
        return { token, message: request(method, { ...params, _meta: { progressToken: token } }) }
      },
    )
    assume(calls.length > 0, 'a list, a read or a prompt is answered')
    await Promise.all(calls.map(({ message }) => session.post(message)))
    const seen = progressIn(session.received)
    if (seen.length === 0) notApplicable('the server sends no progress but for tools, which is its right')
    const tokens = calls.map(({ token }) => token)
    const foreign = seen.find(({ token }) => !tokens.some((one) => one === token))
    expect(!foreign, 'progress came with a token that no request gave', tokens, foreign?.message)
    const values = standstill(seen)
    expect(!values, 'progress did not increase', 'a greater value each time', values)
  },
  fault: {
    message(message, { call }) {
      const progressToken = call?.params?._meta?.progressToken
      if (!('result' in message) || call?.method !== 'resources/list' || progressToken === undefined) return undefined
      const params = { progressToken: `${progressToken}-1`, progress: 1 }
      return [{ jsonrpc: '2.0', method: 'notifications/progress', params }, message]
    },
  },
})
