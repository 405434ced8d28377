import { defineCheck, expectMethodGone, instead } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'DELETE is answered with 405',
  requirement: 'transport-delete-405',
  needs: ['modern-only'],
  hint: 'There are no sessions to end: answer 405 with Allow: POST, with and without an Mcp-Session-Id.',
  run: (client) => expectMethodGone(client, 'DELETE'),
  fault: instead(
    (request) => request.method === 'DELETE',
    () => ({ status: 200, headers: {} }),
  ),
})
