import { defineCheck, notification, onReply, type Reply, request } from '../../src/conformance/check.js'
import { assume, expectStatus, notApplicable } from '../../src/conformance/expect.js'

const withoutId = { 'mcp-session-id': null }

export default defineCheck({
  title: 'A server that requires a session id answers requests without one with 400',
  requirement: 'session-missing-id-400',
  needs: ['session'],
  hint: 'Tell the two cases apart: no Mcp-Session-Id header is 400, an id that is not known is 404.',
  async run(client) {
    const methods = client.facts.capabilities.tools ? ['tools/list', 'ping'] : ['ping']
    const replies: Reply[] = []
    for (const method of methods) {
      const control = await client.request(method)
      assume(control.response !== undefined, `${method} with the session id is answered`, control)
      replies.push(await client.post(request(method), withoutId))
    }
    if (replies.every(({ response }) => response?.result))
      notApplicable(`the server requires no session id: ${methods.join(' and ')} without one were served`)
    for (const [at, reply] of replies.entries()) expectStatus(reply, 400, `${methods[at]} without a session id`)
    const note = await client.post(notification('notifications/initialized'), withoutId)
    expectStatus(note, 400, 'a notification without a session id')
    const endsSessions = (await (await client.open()).delete()).ok
    if (endsSessions) expectStatus(await client.delete(withoutId), [400, 405], 'DELETE without a session id')
    if (!client.facts.getStream) return
    const stream = await client.get(withoutId)
    stream.close()
    expectStatus(stream, [400, 405], 'GET without a session id')
  },
  fault: onReply(
    (request) => !request.headers['mcp-session-id'] && request.message?.method !== 'initialize',
    (reply) => ({ ...reply, status: 404 }),
  ),
})
