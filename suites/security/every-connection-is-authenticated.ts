import { defineCheck, type Fault, notification, type Reply, request } from '../../src/conformance/check.js'
import { advise, describe, expect, notApplicable } from '../../src/conformance/expect.js'

const stranger = { identity: 'none' } as const

export default defineCheck({
  title: 'No connection is served without credentials',
  requirement: 'security-authentication',
  hint: 'Put the check of credentials in front of every method of the endpoint. A server meant for the public may leave this warning as it is.',
  async run(client) {
    const { auth, url, getStream, transport } = client.facts
    if (!auth.required && /^https?:\/\/(localhost|127\.|\[::1\])/.test(url))
      notApplicable('the server runs on this machine and asks for no credentials')
    advise(auth.required, 'everybody on the network is served without credentials', 'HTTP 401', 'served')
    const session = await client.session()
    const replies: Reply[] = [(await client.open({ ...stranger, initialized: false })).opening]
    for (const message of [
      request(client.plainMethod),
      request('tools/list'),
      notification('notifications/cancelled', { requestId: client.canary() }),
    ])
      replies.push(await session.post(message, {}, stranger))
    if (getStream || transport === 'http+sse') replies.push(await session.get({}, stranger))
    for (const reply of replies) {
      reply.close()
      expect(!reply.ok, 'a request without credentials is served', 'HTTP 401', describe(reply))
    }
  },
  fault: (): Fault => {
    let known: Record<string, string> = {}
    return {
      request(request) {
        const credential = Object.entries(request.headers).find(([name]) => /^authorization$|api-key/.test(name))
        if (credential) known = Object.fromEntries([credential])
        return credential ? undefined : { ...request, headers: { ...request.headers, ...known } }
      },
    }
  },
})
