import {
  defineCheck,
  listeningSession,
  progressCrowd,
  progressFor,
  progressIn,
  progressingTools,
  standstill,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'progress increases with every notification of a request, also while another request reports its own',
  requirement: 'progress-monotonic',
  needs: ['tool'],
  hint: 'Count up from a variable of the call itself and report each step once; total is what stays the same, progress is not.',
  async run(client) {
    const [, ...others] = await progressingTools(client)
    const toured = progressIn((await client.survey()).received)
    const { seen } = await progressCrowd(client)
    const lists = await Promise.all(
      others
        .slice(0, 2)
        .map(async (tool) =>
          progressFor(await listeningSession(client), tool, [client.canary('token'), client.canary('token')]),
        ),
    )
    for (const list of [toured, seen, ...lists]) {
      const values = standstill(list)
      expect(!values, 'progress did not increase', 'a greater value each time', values)
    }
  },
  fault: {
    message(message) {
      if (message.method !== 'notifications/progress') return undefined
      return { ...message, params: { ...message.params, progress: 1 } }
    },
  },
})
