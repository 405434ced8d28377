import {
  alsoOnSubscriptions,
  defineCheck,
  deliveredOn,
  isNotification,
  listeningRun,
  opened,
  tagged,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

const progress = 'notifications/progress'

export default defineCheck({
  title: 'Progress of a call does not come on a subscription',
  requirement: 'subscriptions-no-progress-on-listen',
  needs: ['subscriptions', 'tool'],
  hint: 'Send progress through the request that it belongs to; a stream of the whole server is for changes only.',
  async run(client) {
    const { subscriptions, calls } = await listeningRun(client)
    for (const message of opened(subscriptions).flatMap(deliveredOn))
      expect(message.method !== progress, 'progress came on a subscription', 'changes only', message)
    const streams = calls.filter(({ reply }) => reply.isStream).flatMap(({ reply }) => reply.messages)
    if (
      calls.some(({ reply }) => reply.isStream) &&
      !streams.some((one) => isNotification(one) && one.method === progress)
    )
      notApplicable('no named tool sends progress, which is its right')
  },
  fault: alsoOnSubscriptions((listen, call) =>
    tagged(listen, progress, { progressToken: call.params?._meta?.progressToken ?? 0, progress: 1 }),
  ),
})
