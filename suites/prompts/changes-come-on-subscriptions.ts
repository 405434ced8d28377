import { defineCheck, expectListChangeTold, growingList } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'When the list of prompts changes each subscription that asked for it is told',
  requirement: 'prompts-list-changed-on-listen',
  needs: ['capability:prompts.listChanged', 'subscriptions', 'tool'],
  hint: 'Send notifications/prompts/list_changed on every open subscription with promptsListChanged.',
  run: (client) => expectListChangeTold(client, 'prompts'),
  fault: growingList('prompts/list', 'prompts', { name: 'new' }),
})
