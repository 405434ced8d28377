import { declaring, defineCheck, expectChangeAnnounced, growingList } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'When the list of prompts changes the client is told',
  requirement: 'prompts-list-changed-notified',
  needs: ['capability:prompts.listChanged', 'tool'],
  run: (client) => expectChangeAnnounced(client, 'prompts/list', 'notifications/prompts/list_changed'),
  fault: declaring({ prompts: { listChanged: true } }, growingList('prompts/list', 'prompts', { name: 'new' })),
})
