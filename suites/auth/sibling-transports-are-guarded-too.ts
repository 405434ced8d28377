import {
  bareHello,
  defineCheck,
  everyRevision,
  expectGuarded,
  letIn,
  serverNameAt,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

const siblings = ['mcp', 'message', 'messages', 'stream', 'sse', 'events']

export default defineCheck({
  title: 'No other transport of the same server stands open beside the guarded one',
  requirement: 'auth-401-when-required',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'A second transport kept for old clients (/sse and /messages beside /mcp) needs the same guard; mount it behind the same middleware.',
  async run(client) {
    expectGuarded(client)
    const { name } = client.facts.serverInfo
    if (typeof name !== 'string') notApplicable('the server has no name by which it could be known again')
    const { pathname } = new URL(client.facts.url)
    const folder = pathname.replace(/[^/]*\/?$/, '')
    const paths = siblings.map((one) => folder + one).filter((path) => path !== pathname.replace(/\/$/, ''))
    const found = await Promise.all(paths.map((path) => serverNameAt(client, path, bareHello(client))))
    for (const [index, path] of paths.entries())
      expect(found[index] !== name, `the same server answers strangers at ${path}`, 'HTTP 401 or 404', {
        serverInfo: { name: found[index] },
      })
  },
  fault: letIn(
    (request, shown) => shown === undefined && /^\/(events$|message$|messages\?)/.test(request.url),
    (request) => ({ ...request, url: request.url.replace(/^\/events$/, '/sse').replace(/^\/message$/, '/mcp') }),
  ),
})
