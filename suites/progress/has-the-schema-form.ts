import { defineCheck, progressCrowd, progressIn } from '../../src/conformance/check.js'
import { expect, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Progress notifications have the form of the schema: a token, and progress and total as numbers',
  requirement: 'schema-progress-notification',
  needs: ['tool'],
  hint: 'progress is a required number, total an optional one: "50%" and null are neither.',
  async run(client) {
    const { seen } = await progressCrowd(client)
    const toured = progressIn((await client.survey()).received)
    for (const { message, progress } of [...toured, ...seen]) {
      expect(Number.isFinite(progress), 'progress must be a number', 'a number', progress)
      expectShape(message, 'ProgressNotification', client.revision, 'a progress notification')
    }
  },
  fault: {
    message(message) {
      if (message.method !== 'notifications/progress') return undefined
      return { ...message, params: { ...message.params, total: 'unknown' } }
    },
  },
})
