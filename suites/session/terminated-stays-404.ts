import { defineCheck, endSession, onReply, request } from '../../src/conformance/check.js'
import { assumeResult, expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A terminated session stays terminated while other sessions come and go',
  requirement: 'session-terminated-404',
  needs: ['session'],
  async run(client) {
    const ended = await endSession(client)
    const others = await Promise.all([client.open({ fresh: true }), client.open(), client.open()])
    for (const other of others) assumeResult(await other.request('ping'), 'a ping in another session')
    await others[0]!.delete()
    expectStatus(await ended.post(request('ping')), 404, 'a ping in a session terminated some time ago')
    await ended.post(
      request('initialize', {
        protocolVersion: client.revision,
        capabilities: {},
        clientInfo: { name: 'gauntlet', version: '1' },
      }),
    )
    expectStatus(
      await ended.post(request('ping')),
      404,
      'a ping in a terminated session after an initialize with its id',
    )
  },
  fault: () => {
    const misses = new Map<unknown, number>()
    return onReply(
      (request) => request.message?.method === 'ping',
      (reply, request) => {
        if (reply.status !== 404) return reply
        const id = request.headers['mcp-session-id']
        misses.set(id, (misses.get(id) ?? 0) + 1)
        return misses.get(id)! > 1 ? { ...reply, status: 400 } : reply
      },
    )
  },
})
