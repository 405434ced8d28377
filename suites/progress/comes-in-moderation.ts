import { defineCheck, progressIn, progressingTools } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

/** More notifications of one call than this, at more than this many per second, are a flood. */
const [most, perSecond] = [50, 200]

export default defineCheck({
  title: 'Progress is rate limited: no call floods its client',
  requirement: 'progress-rate-limited',
  needs: ['tool'],
  hint: 'Report at most some ten times a second, however fast the loop runs.',
  async run(client) {
    await progressingTools(client)
    const survey = await client.survey()
    for (const call of survey.toolCalls) {
      const { length } = progressIn(survey.received).filter((one) => one.token === call.progressToken)
      const seconds = (call.reply.at.response ?? call.reply.at.end ?? 1000) / 1000
      const rate = Math.round(length / seconds)
      expect(
        length <= most || rate <= perSecond,
        `${call.tool.name} sent ${length} progress notifications at ${rate} per second`,
        `at most ${perSecond} per second`,
        rate,
      )
    }
  },
  fault: {
    message(message) {
      if (message.method !== 'notifications/progress') return undefined
      const flood = (_: unknown, i: number) => ({
        ...message,
        params: { ...message.params, progress: message.params.progress - 1 + (i + 1) / 300 },
      })
      return Array.from({ length: 300 }, flood)
    },
  },
})
