import {
  calls,
  defineCheck,
  expectAllShut,
  intruders,
  letIn,
  listenDoor,
  signedIn,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'No subscription is opened for somebody without good credentials',
  requirement: 'auth-every-request-verified',
  needs: ['auth', 'credentials', 'subscriptions'],
  revisions: { first: '2026-07-28' },
  hint: 'subscriptions/listen needs the same guard as tools/call: what it carries tells what others do.',
  async run(client) {
    await signedIn(client)
    await expectAllShut(client, [listenDoor(client)], intruders(client))
  },
  fault: letIn((request, shown, good) => shown !== good && calls('subscriptions/listen')(request)),
})
