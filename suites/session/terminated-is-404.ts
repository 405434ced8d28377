import { defineCheck, endedSession, onReply, request } from '../../src/conformance/check.js'
import { expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Requests with the id of a terminated session are answered with 404',
  requirement: 'session-terminated-404',
  needs: ['session'],
  hint: 'Answer 404 for every id that is not in the session map; clients start anew only on 404.',
  async run(client) {
    const session = await endedSession(client)
    expectStatus(await session.post(request('ping')), 404, 'a ping in a terminated session')
    const methods = [
      'tools/list',
      'tools/call',
      'resources/list',
      'resources/read',
      'prompts/list',
      'prompts/get',
      'ping',
    ]
    const canary = { name: client.canary(), uri: `gauntlet-canary:///${client.canary()}` }
    const replies = await Promise.all(
      methods.map((method) => session.post(request(method, /list|ping/.test(method) ? undefined : canary))),
    )
    for (const [at, reply] of replies.entries()) expectStatus(reply, 404, `${methods[at]} in a terminated session`)
  },
  fault: onReply(
    (request) => request.message?.method === 'tools/list',
    (reply) => (reply.status === 404 ? { ...reply, status: 400 } : reply),
  ),
})
