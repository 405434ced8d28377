import {
  defineCheck,
  needRequestChannel,
  notification,
  subscriptionRun,
  updatesIn,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Updates reach only sessions that subscribed, and only for what they subscribed to',
  requirement: 'resources-updated-only-subscribed',
  needs: ['capability:resources', 'tool'],
  last: true,
  hint: 'Keep subscriptions by session and look them up before each update; do not broadcast.',
  async run(client) {
    needRequestChannel(client)
    const survey = await client.survey()
    const unasked = [...updatesIn(survey.bystander?.received ?? []), ...updatesIn(survey.received)].filter(
      ({ params }) => !survey.subscribed.some((uri) => String(params?.uri).startsWith(uri)),
    )
    expect(unasked.length === 0, 'an update came that nobody subscribed to', 'silence', unasked[0])
    if (!client.facts.capabilities.resources?.subscribe) return
    const overheard = updatesIn(survey.bystander?.received ?? [])
    expect(overheard.length === 0, 'an update came to a session without subscriptions', 'silence', overheard[0])
    const { beside, updates, uris } = await subscriptionRun(client)
    expect(beside.length === 0, "an update for another session's subscription came", 'silence', beside[0])
    const foreign = updates.find((message) => !uris.some((uri) => String(message.params?.uri).startsWith(uri)))
    expect(!foreign, 'an update came for a resource that was not subscribed to', uris, foreign)
  },
  fault: {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || !('result' in message)) return undefined
      const update = notification('notifications/resources/updated', { uri: 'gauntlet://unasked' })
      if (context.channel !== 'json') return [update, message]
      for (const stream of context.streams) stream.send({ event: 'message', data: JSON.stringify(update) })
      return undefined
    },
  },
})
