import {
  type BareCall,
  bareCall,
  bareHello,
  defineCheck,
  entryOf,
  everyRevision,
  expectGuarded,
  knockAt,
  letIn,
  signedIn,
  spellingsOf,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

const accept: [string, string][] = [['Accept', 'application/json, text/event-stream']]
const old: [string, string][] = [['MCP-Protocol-Version', '2025-03-26']]

export default defineCheck({
  title: 'No other spelling of the path opens to a stranger what the plain one keeps shut',
  requirement: 'auth-401-when-required',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'A guard that compares the path as text (req.path === "/mcp") misses "/mcp/", "//mcp", "/MCP" and encoded forms that the router still serves. Guard the router, not the spelling.',
  async run(client) {
    expectGuarded(client)
    const session = client.given.credential ? await signedIn(client) : undefined
    const legacy = client.facts.transport === 'http+sse'
    const { pathname, search } = new URL(client.facts.url)
    const at = async (method: string, target: string, call?: BareCall, id?: string) => {
      const headers = [...accept, ...(client.modern ? (call?.headers ?? []) : old)]
      if (id) headers.push(['Mcp-Session-Id', id])
      const reply = await knockAt(client, method, target, headers, call && JSON.stringify(call.message))
      expect(
        entryOf(reply) === undefined,
        `${method} ${target} without credentials was served`,
        'a refusal',
        describe(reply),
      )
      return reply
    }
    const spellings = spellingsOf(pathname).map((path) => (path.includes('?') ? path : path + search))
    if (legacy) await Promise.all(spellings.map((target) => at('GET', target)))
    else
      await Promise.all(
        spellings.flatMap((target) => [
          at('POST', target, bareHello(client)),
          at('POST', target, bareCall(client, 'tools/list'), session?.id),
          at('GET', target, undefined, session?.id),
        ]),
      )
    if (!legacy || !session) return
    const posted = new URL(session.postUrl)
    const ids = spellingsOf(posted.pathname).map(async (path) => {
      const call = bareCall(client, client.plainMethod)
      await at('POST', path + (path.includes('?') ? posted.search.replace('?', '&') : posted.search), call)
      return call.message.id
    })
    const asked = await Promise.all(ids)
    await client.pause(100)
    const served = session.received.find(({ message }) => asked.includes((message as { id?: never }).id as never))
    expect(
      served === undefined,
      'a ping posted without credentials to another spelling of the message path was answered on the stream',
      'a refusal',
      served?.message,
    )
  },
  fault: letIn(
    (request, shown) => shown === undefined && /^\/\w+\/(\?|$)/.test(request.url),
    (request) => ({ ...request, url: request.url.replace(/^(\/\w+)\//, '$1') }),
  ),
})
