import { bareHello, defineCheck, instead } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

const twinOf = (path: string) => (path.endsWith('/') ? path.slice(0, -1) : `${path}/`)

export default defineCheck({
  title: 'The other spelling of the path is not redirected to http or to another host',
  requirement: 'advice-redirects-stay-here',
  needs: ['streamable'],
  hint: 'Serve both spellings, or let the server know its public scheme and host (X-Forwarded-Proto, X-Forwarded-Host): clients drop their token on a redirect that leaves them.',
  async run(client) {
    const { message, headers } = bareHello(client)
    const here = new URL(client.facts.url)
    if (here.pathname === '/') notApplicable('the path is / and has no other spelling')
    const url = new URL(twinOf(here.pathname) + here.search, here).href
    const fields = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
    const reply = await client.http({
      method: 'POST',
      url,
      identity: 'none',
      headers: { ...fields, ...Object.fromEntries(headers) },
      body: JSON.stringify(message),
    })
    reply.close()
    const session = reply.header('mcp-session-id')
    if (session && reply.ok) await client.http({ method: 'DELETE', url, headers: { 'mcp-session-id': session } })
    const location = reply.header('location')
    if (reply.status < 300 || reply.status > 399 || !location || !URL.canParse(location, url)) return
    const to = new URL(location, url)
    expect(
      to.protocol === here.protocol && to.host === here.host,
      `${url} is redirected away from ${here.origin}`,
      here.origin,
      location,
    )
  },
  fault: instead(
    ({ url, method }) => method === 'POST' && url.endsWith('/mcp/'),
    () => ({ status: 307, headers: { location: 'http://inner.example/mcp' }, body: '' }),
  ),
})
