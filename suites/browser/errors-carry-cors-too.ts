import { allows, crossOrigin, defineCheck, withCors } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Errors can be read by pages as results can',
  requirement: 'advice-cors-on-errors',
  needs: ['streamable'],
  hint: 'Put the CORS middleware before everything that can refuse (authentication, routes, body parser): without its headers a page sees "Failed to fetch" in place of a 401, 404 or 405.',
  async run(client) {
    const { origin, hello } = await crossOrigin(client)
    assume(hello.ok && allows(hello, origin), 'a page can read a result', hello)
    const wrong = { origin, 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
    const gone = client.facts.sessions
      ? [await client.http({ method: 'DELETE', headers: { origin, 'mcp-session-id': client.canary() } })]
      : []
    const method = await client.http({ method: 'PATCH', headers: { origin } })
    const stranger = client.facts.auth.required
      ? [await client.http({ method: 'POST', headers: wrong, body: '{}', identity: 'none' })]
      : []
    for (const reply of [method, ...gone, ...stranger]) {
      if (reply.status < 400 || (reply.status === 403 && /origin/i.test(reply.text))) continue
      expect(allows(reply, origin), 'a refusal lacks Access-Control-Allow-Origin', origin, describe(reply))
    }
  },
  fault: withCors((reply) => {
    if (reply.status < 400) return reply
    const { 'access-control-allow-origin': _, ...headers } = reply.headers
    return { ...reply, headers }
  }),
})
