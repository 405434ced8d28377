import { defineCheck, isResponse, listeningSession, progressIn, progressingTools } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No progress comes after the response',
  requirement: 'progress-stops-at-completion',
  needs: ['tool'],
  last: true,
  hint: 'Await every progress notification before returning the result, and clear timers that report progress.',
  async run(client) {
    const [tool] = await progressingTools(client)
    const survey = await client.survey()
    const longAfter = progressIn(survey.received).find((one) => one.index >= survey.settledAt)
    expect(!longAfter, 'progress came long after all calls had been answered', 'no progress', longAfter?.message)
    const session = await listeningSession(client)
    const progressToken = client.canary('token')
    const params = { name: tool.name, arguments: tool.arguments, _meta: { progressToken } }
    const reply = await session.request('tools/call', params, { lingerMs: 250 })
    assumeResult(reply, `the call of ${tool.name}`)
    await client.pause(100)
    const settled = session.received.length
    await client.pause(150)
    await session.request(client.plainMethod)
    const answer = session.received.findIndex(({ message }) => isResponse(message) && message.id === reply.response?.id)
    const channel = session.received[answer]?.reply
    const late = progressIn(session.received).find(
      (one) => one.index >= settled || (one.reply === channel && one.index > answer),
    )
    expect(!late, 'progress came after the response', 'no progress', late?.message)
  },
  fault: {
    message(message, context) {
      const progressToken = context.call?.params?._meta?.progressToken
      if (progressToken === undefined || !('result' in message)) return undefined
      return [message, { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken, progress: 1000 } }]
    },
  },
})
