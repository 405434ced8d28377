import { defineCheck, expectListChangeTold, forgetsSubscribers } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'When the list of tools changes each subscription that asked for it is told',
  requirement: 'tools-list-changed-on-listen',
  needs: ['capability:tools.listChanged', 'subscriptions', 'tool'],
  hint: 'Send notifications/tools/list_changed on every open subscription with toolsListChanged, not just the latest.',
  run: (client) => expectListChangeTold(client, 'tools'),
  fault: forgetsSubscribers('notifications/tools/list_changed'),
})
