import {
  bareCall,
  bareHello,
  defineCheck,
  entryOf,
  everyRevision,
  knockAt,
  letIn,
  type Session,
  signedIn,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'HEAD, PUT, PATCH, OPTIONS and invented methods open nothing to a stranger',
  requirement: 'auth-401-when-required',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'Answer methods you do not offer with 405 and guard the route for all methods (app.use or app.all), not for POST alone.',
  async run(client) {
    const session: Session | undefined = client.given.credential ? await signedIn(client) : undefined
    const { pathname, search } = new URL(session?.postUrl || client.facts.url)
    const [hello, plain] = [bareHello(client), bareCall(client, client.plainMethod)]
    const accept: [string, string][] = [['Accept', 'application/json, text/event-stream']]
    const live: [string, string][] = session?.id ? [['Mcp-Session-Id', session.id]] : []
    const knocks: [{ method: string }, [string, string][]][] = [
      [hello.message, [...accept, ...hello.headers]],
      [plain.message, [...accept, ...plain.headers, ...live]],
    ]
    const legacy = client.facts.transport === 'http+sse'
    const all = ['HEAD', 'PUT', 'PATCH', 'OPTIONS', 'TRACE', 'post', 'QUERY'].flatMap((method) =>
      knocks.map((knock) => [method, ...knock] as const),
    )
    const replies = await Promise.all(
      all.map(([method, message, headers]) =>
        knockAt(client, method, pathname + search, headers, method === 'HEAD' ? '' : JSON.stringify(message)),
      ),
    )
    for (const [index, [method, message]] of all.entries()) {
      const reply = replies[index]!
      expect(
        entryOf(reply) === undefined && !(legacy && reply.status === 202),
        `${method} with ${message.method} and no credentials was served`,
        'HTTP 401, 404 or 405',
        describe(reply),
      )
    }
  },
  fault: letIn(
    (request, shown) => shown === undefined && request.method === 'PUT',
    (request) => ({ ...request, method: 'POST' }),
  ),
})
