import {
  acknowledgmentOf,
  defineCheck,
  isObject,
  listeningRun,
  onSubscription,
  opened,
  tagged,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The first message of a subscription is its acknowledgment',
  requirement: 'subscriptions-ack-first',
  needs: ['subscriptions'],
  hint: 'Write the acknowledgment before the subscription is known to whoever sends notifications.',
  async run(client) {
    for (const one of opened((await listeningRun(client)).subscriptions)) {
      const [first] = one.reply.messages
      const method = isObject(first) ? first.method : first
      const what = `the first message of a subscription to ${JSON.stringify(one.filter)}`
      const expected = 'notifications/subscriptions/acknowledged'
      expect(first !== undefined, `${what} never came`, expected, describe(one.reply))
      expect(method === expected, `${what} is no acknowledgment`, expected, first)
      const all = one.reply.messages.filter((message) => isObject(message) && message.method === expected)
      expect(all.length === 1 && acknowledgmentOf(one) === first, `${what} came again`, 'one acknowledgment', all)
    }
  },
  fault: onSubscription((message, listen) =>
    message.method === 'notifications/subscriptions/acknowledged'
      ? [tagged(listen, 'notifications/tools/list_changed'), message]
      : undefined,
  ),
})
