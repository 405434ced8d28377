import { defineCheck, type Reply, request } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The id of a session is shown to nobody but the client it was issued to',
  requirement: 'session-id-secure',
  needs: ['session'],
  hint: 'Error texts that list the known sessions, and headers set once for all answers, give sessions away.',
  async run(client) {
    const victim = await client.open()
    assumeResult(await victim.request('ping'), 'a ping in the session')
    const replies: Reply[] = []
    const other = await client.open({ fresh: true })
    replies.push(other.opening)
    if (other.initialized) replies.push(other.initialized)
    for (const method of ['ping', 'tools/list', 'gauntlet/unknown']) replies.push(await other.request(method))
    for (const id of [client.uuid(), null]) replies.push(await other.post(request('ping'), { 'mcp-session-id': id }))
    for (const reply of replies) {
      const shown = JSON.stringify(reply.headers) + reply.text
      expect(
        !shown.includes(victim.id!),
        "an answer to one client shows another client's session id",
        'no foreign id',
        victim.id,
      )
    }
  },
  fault: () => {
    let last: string | string[] | undefined
    return {
      reply(reply, request) {
        const seen = request.message?.method === 'initialize' ? reply.headers['mcp-session-id'] : undefined
        const before = last
        last = seen ?? last
        return before ? { ...reply, headers: { ...reply.headers, 'x-previous': before } } : undefined
      },
    }
  },
})
