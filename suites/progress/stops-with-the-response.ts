import {
  type Client,
  defineCheck,
  isResponse,
  listeningSession,
  type Progress,
  progressIn,
  progressingTools,
} from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

/** The first progress that came after the answer to a call, once per run. */
function lateProgress(client: Client): Promise<Progress | undefined> {
  return client.once('late progress', async (one) => {
    const [tool] = await progressingTools(one)
    const session = await listeningSession(one)
    const params = { name: tool.name, arguments: tool.arguments, _meta: { progressToken: one.canary('token') } }
    const reply = await session.request('tools/call', params, { lingerMs: 250 })
    assumeResult(reply, `the call of ${tool.name}`)
    await one.pause(100)
    const settled = session.received.length
    await one.pause(150)
    await session.request('ping')
    const answer = session.received.findIndex(({ message }) => isResponse(message) && message.id === reply.response?.id)
    const channel = session.received[answer]?.reply
    const late = (progress: Progress) =>
      progress.index >= settled || (progress.reply === channel && progress.index > answer)
    return progressIn(session.received).find(late)
  })
}

export default defineCheck({
  title: 'No progress comes after the response',
  requirement: 'progress-stops-at-completion',
  needs: ['tool'],
  last: true,
  hint: 'Await every progress notification before returning the result, and clear timers that report progress.',
  early: lateProgress,
  async run(client) {
    const late = await lateProgress(client)
    expect(!late, 'progress came after the response', 'no progress', late?.message)
    const survey = await client.survey()
    const longAfter = progressIn(survey.received).find((one) => one.index >= survey.settledAt)
    expect(!longAfter, 'progress came long after all calls had been answered', 'no progress', longAfter?.message)
  },
  fault: {
    message(message, context) {
      const progressToken = context.call?.params?._meta?.progressToken
      if (progressToken === undefined || !('result' in message)) return undefined
      return [message, { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken, progress: 1000 } }]
    },
  },
})
