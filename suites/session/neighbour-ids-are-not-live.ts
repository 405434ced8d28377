import { defineCheck, neighbours, request } from '../../src/conformance/check.js'
import { advise, assume, describe, expectRefused } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An id close to that of a live session opens no session',
  requirement: 'session-id-nondeterministic',
  needs: ['session'],
  hint: 'Compare the whole id, byte by byte: no prefix match, no change of case, no parsing of the number in it.',
  async run(client) {
    const session = await client.session()
    await client.open({ fresh: true })
    const control = await client.request('ping')
    assume(control.ok && session.id !== undefined, 'a ping with the issued id is answered', control)
    for (const id of neighbours(session.id))
      expectRefused(
        await client.post(request('ping'), { 'mcp-session-id': id }),
        `a ping with the id ${id} instead of ${session.id}`,
      )
    const upper = session.id.toUpperCase()
    const other = upper === session.id ? session.id.toLowerCase() : upper
    if (other === session.id) return
    const reply = await client.post(request('ping'), { 'mcp-session-id': other })
    advise(reply.status >= 400, 'an id in another letter case is another id', 'HTTP 404', describe(reply))
  },
  fault: () => {
    const issued: string[] = []
    return {
      request(request) {
        const id = request.headers['mcp-session-id']
        const meant = id && issued.find((one) => one !== id && one.slice(0, 16) === id.slice(0, 16))
        return meant ? { ...request, headers: { ...request.headers, 'mcp-session-id': meant } } : undefined
      },
      reply(reply, request) {
        if (request.message?.method === 'initialize') issued.push(String(reply.headers['mcp-session-id']))
      },
    }
  },
})
