import {
  type BareCall,
  bareCall,
  bareHello,
  defineCheck,
  entryOf,
  everyRevision,
  expectGuarded,
  letIn,
  responsesOf,
  signedIn,
  spellingsOf,
  strangerAt,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

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
      const reply = await strangerAt(client, method, target, call, id)
      const what = `${method} ${target} without credentials was served`
      expect(entryOf(reply) === undefined, what, 'a refusal', describe(reply))
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
    const asked: unknown[] = await Promise.all(ids)
    await client.pause(100)
    const served = responsesOf(session).find(({ id }) => asked.includes(id))
    const what = 'a ping posted without credentials to another spelling of the message path was answered on the stream'
    expect(served === undefined, what, 'a refusal', served)
  },
  fault: letIn(
    (request, shown) => shown === undefined && /^\/\w+\/(\?|$)/.test(request.url),
    (request) => ({ ...request, url: request.url.replace(/^(\/\w+)\//, '$1') }),
  ),
})
