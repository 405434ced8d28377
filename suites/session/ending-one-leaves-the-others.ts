import { defineCheck, endedSession } from '../../src/conformance/check.js'
import { advise, assumeResult, describe } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'DELETE ends the session it names and no other',
  requirement: 'session-terminated-404',
  needs: ['session'],
  hint: 'Keep one transport per session and close only the one the header names; a DELETE without a known id ends nothing.',
  async run(client) {
    const other = await client.open()
    const deletes = [
      ['of another session', async () => void (await endedSession(client))],
      ['with an unknown id', () => other.delete({ 'mcp-session-id': client.uuid() })],
      ['without an id', () => other.delete({ 'mcp-session-id': null })],
    ] as const
    for (const [which, act] of deletes) {
      assumeResult(await other.request('ping'), 'a ping in the session that shall live on')
      await act()
      const reply = await other.request('ping')
      advise(
        reply.response?.result !== undefined,
        `a session must outlive a DELETE ${which}`,
        'an answer to ping',
        describe(reply),
      )
    }
  },
  fault: () => {
    let over = false
    return {
      request(request) {
        if (request.method === 'DELETE') over = true
        if (request.message?.method === 'initialize') over = false
        return over && request.method === 'POST' ? { status: 404, headers: {}, body: '' } : undefined
      },
    }
  },
})
