import { defineCheck, isObject, json } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

/** Pings over connections of their own; with two replicas all find the right one by chance once in four thousand runs. */
const fresh = 12

export default defineCheck({
  title: 'A session is known on every connection',
  requirement: 'advice-sessions-follow-their-id',
  needs: ['session'],
  hint: 'Several replicas keep sessions of their own: serve statelessly, or route by Mcp-Session-Id (affinity does not survive the end of a replica). The share of answers that got through is about one over the number of replicas.',
  async run(client) {
    const session = await client.open({ fresh: true })
    assume(
      isObject(session.opening.response?.result) && session.id !== undefined,
      'initialize opens a session',
      session.opening,
    )
    const replies = await Promise.all(
      Array.from({ length: client.crowd(fresh) }, () =>
        session.request('ping', undefined, { headers: { connection: 'close' } }),
      ),
    )
    const lost = replies.filter(({ status }) => status === 404 || status === 400)
    const served = replies.filter(({ response }) => isObject(response?.result)).length
    const replicas = served > 0 ? Math.max(2, Math.round(replies.length / served)) : undefined
    expect(
      lost.length === 0,
      `${lost.length} of ${replies.length} pings of a live session over fresh connections were refused: ${replicas ? `about ${replicas} replicas` : 'several replicas, or none that keeps it,'} without affinity`,
      'an answer on every connection',
      lost[0] ? describe(lost[0]) : undefined,
    )
  },
  fault: () => {
    let turn = 0
    return {
      request({ headers, message }) {
        if (message?.method !== 'ping' || headers.connection !== 'close' || turn++ % 2 === 0) return undefined
        return json(404, { jsonrpc: '2.0', id: message.id, error: { code: -32001, message: 'Session not found' } })
      },
    }
  },
})
