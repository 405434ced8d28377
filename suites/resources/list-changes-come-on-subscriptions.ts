import { defineCheck, expectListChangeTold, growingList } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'When the list of resources changes each subscription that asked for it is told',
  requirement: 'resources-list-changed-on-listen',
  needs: ['capability:resources.listChanged', 'subscriptions', 'tool'],
  hint: 'Send notifications/resources/list_changed on every open subscription with resourcesListChanged.',
  run: (client) => expectListChangeTold(client, 'resources'),
  fault: growingList('resources/list', 'resources', { uri: 'gauntlet://new', name: 'new' }),
})
