import { defineCheck, onReply, scopeRefusals } from '../../src/conformance/check.js'
import { expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A genuine token without the scope an operation needs is answered with 403',
  requirement: 'auth-403-insufficient',
  needs: ['auth', 'oauth', 'credentials', 'insufficient-scope-token'],
  hint: '401 makes clients sign in again with the same scopes, for ever; 403 tells them to ask for more.',
  async run(client) {
    for (const { name, reply } of await scopeRefusals(client))
      expectStatus(reply, 403, `${name} with the insufficient-scope token`)
  },
  fault: onReply(
    () => true,
    (reply) => (reply.status === 403 ? { ...reply, status: 401 } : reply),
  ),
})
