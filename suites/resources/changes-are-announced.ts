import { defineCheck, subscriptionAlone, subscriptionRun } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'When a subscribed resource changes its subscriber is told',
  requirement: 'resources-subscribe-works',
  needs: ['capability:resources.subscribe', 'tool'],
  alone: true,
  early: subscriptionRun,
  hint: 'Send notifications/resources/updated on the GET stream of every session that subscribed; a notification tied to a request gets lost.',
  async run(client) {
    const { changed, updates } = await subscriptionAlone(client)
    const told = updates.map((message) => String(message.params?.uri))
    if (changed.length === 0 && told.length === 0)
      notTestable('no named tool changed a subscribed resource: name one that does')
    const silent = changed.find((uri) => !told.some((one) => one.startsWith(uri)))
    expect(
      silent === undefined,
      `${silent} changed and its subscriber was not told`,
      'notifications/resources/updated',
      told,
    )
  },
  fault: () => {
    const seen = { calls: 0 }
    return {
      message(message, { call }) {
        if (message.method === 'notifications/resources/updated') return null
        if (call?.method === 'tools/call' && 'result' in message) seen.calls++
        if (call?.method !== 'resources/read' || !Array.isArray(message.result?.contents)) return undefined
        const contents = message.result.contents.map((one: any) => ({
          ...one,
          text: `state ${seen.calls}`,
        }))
        return { ...message, result: { contents } }
      },
    }
  },
})
