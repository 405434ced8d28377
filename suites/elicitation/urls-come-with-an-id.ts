import { defineCheck, expectUrlMembers, sendsToUrl } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Who sends the user to a URL says so in the mode, with a message, the URL and an elicitationId (2025-11-25)',
  requirement: 'elicitation-url-params-2025-11',
  needs: ['tool'],
  hint: 'mode "url", message, url and elicitationId, by which the client later learns that the user is done.',
  run: (client) => expectUrlMembers(client, ['url', 'message', 'elicitationId']),
  fault: sendsToUrl({ elicitationId: undefined }),
})
