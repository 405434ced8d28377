import { declaring, defineCheck, expectChangeAnnounced, growingList } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'When the list of resources changes the client is told',
  requirement: 'resources-list-changed-notified',
  needs: ['capability:resources.listChanged', 'tool'],
  run: (client) => expectChangeAnnounced(client, 'resources/list', 'notifications/resources/list_changed'),
  fault: declaring(
    { resources: { listChanged: true } },
    growingList('resources/list', 'resources', { uri: 'gauntlet://new', name: 'new' }),
  ),
})
