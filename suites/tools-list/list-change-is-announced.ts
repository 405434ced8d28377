import { declaring, defineCheck, expectChangeAnnounced, growingList } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'When the list of tools changes the client is told',
  requirement: 'tools-list-changed-notified',
  needs: ['capability:tools.listChanged', 'tool'],
  run: (client) => expectChangeAnnounced(client, 'tools/list', 'notifications/tools/list_changed'),
  fault: declaring(
    { tools: { listChanged: true } },
    growingList('tools/list', 'tools', { name: 'new', inputSchema: { type: 'object' } }),
  ),
})
