import { newestHandshake } from '../protocol/revisions.js'
import { isObject, request } from '../wire/jsonrpc.js'
import { identityHeaders, send } from '../wire/peer.js'
import { rawExchange } from '../wire/raw.js'
import type { Reply } from '../wire/reply.js'
import { clientInfo } from '../wire/session.js'
import { broken, hello, holds, remedyAt, type StepDefinition, type Trip, words } from './trip.js'

/** The URL with the slash at its end added or taken away; undefined where there is none to change. */
function twinOf(url: URL): string | undefined {
  if (url.pathname === '/') return undefined
  const twin = new URL(url)
  twin.pathname = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`
  return twin.href
}

/** The endpoint answers where it is called, and so does its twin with or without the slash. */
export const redirect: StepDefinition = {
  id: 'redirect',
  title: 'Redirect',
  async look(trip) {
    const reply = await hello(trip)
    trip.hello = reply
    if (trip.last) trip.first = trip.last
    const remedy = remedyAt('redirect', trip, reply)
    if (remedy) return broken(`HTTP ${reply.status} to ${reply.header('location')}`, remedy)
    const twin = twinOf(trip.url)
    const other = twin ? await hello(trip, {}, 'none', twin) : undefined
    const location = other && other.status >= 300 && other.status < 400 ? other.header('location') : undefined
    if (!location || !twin) return holds(`HTTP ${reply.status}, no redirect`)
    const to = new URL(location, twin)
    const leaves = to.host !== trip.url.host ? ' and to another host' : ''
    const downgrade = trip.url.protocol === 'https:' && to.protocol === 'http:' ? ' and from https to http' : leaves
    return holds(`HTTP ${reply.status}, no redirect`, [
      `${twin} is redirected (${other!.status} to ${location})${downgrade}: clients given that spelling lose their message or their token. Serve both spellings.`,
    ])
  },
}

/** The Host guard knows the name, with and without its port. */
export const host: StepDefinition = {
  id: 'host',
  title: 'Host guard',
  async look(trip) {
    const reply = trip.hello!
    const remedy = remedyAt('host', trip, reply)
    if (remedy) return broken(`${trip.url.host} is refused: ${words(reply)}`, remedy)
    if (!trip.url.port) return holds(`${trip.url.host} is let in`)
    const bare = await withHost(trip, trip.url.hostname)
    const refused = bare.status === 421 || (bare.status === 403 && reply.status !== 403)
    return holds(
      `${trip.url.host} is let in`,
      refused
        ? [
            `Host: ${trip.url.hostname} without the port is refused (HTTP ${bare.status}), and proxies send it so (nginx $host). Allow both forms.`,
          ]
        : [],
    )
  },
}

function withHost(trip: Trip, name: string): Promise<Reply> {
  const params = { protocolVersion: newestHandshake, capabilities: {}, clientInfo }
  const body = JSON.stringify(request('initialize', params))
  const fields = [
    ['Host', name],
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json, text/event-stream'],
    ...identityHeaders(trip.peer, 'own'),
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Connection', 'close'],
  ].map(([key, value]) => `${key}: ${value}\r\n`)
  const { pathname, search } = trip.url
  return rawExchange(trip.peer, [`POST ${pathname}${search} HTTP/1.1\r\n${fields.join('')}\r\n${body}`])
}

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** No firewall or bot rule answers in place of the server. */
export const waf: StepDefinition = {
  id: 'waf',
  title: 'WAF',
  async look(trip) {
    const reply = trip.hello!
    const remedy = remedyAt('waf', trip, reply)
    if (!remedy && reply.status !== 403) return holds('the answer comes from the server')
    const dressed = reply.status === 403 ? await hello(trip, { 'user-agent': browser }) : reply
    if (dressed.status !== 403 && reply.status === 403)
      return broken(`without User-Agent: ${words(reply)}; with that of a browser: HTTP ${dressed.status}`, {
        layer: 'proxy or WAF',
        cause: 'A bot rule refuses clients by their User-Agent, and some MCP clients send none',
        fix: 'Add a skip rule for the MCP path and for /.well-known/*.',
        link: 'https://github.com/openai/codex/issues/12859',
      })
    return remedy ? broken(words(reply), remedy) : holds('the answer comes from the server')
  },
}

/** An MCP endpoint lives at the path. */
export const path: StepDefinition = {
  id: 'path',
  title: 'Path',
  async look(trip) {
    const reply = trip.hello!
    if (speaksMcp(reply)) return holds(`${trip.url.pathname} answers as MCP does (HTTP ${reply.status})`)
    const remedy = remedyAt('path', trip, reply)
    if ([400, 401, 403, 406, 413, 500].includes(reply.status) && !remedy && reply.type !== 'text/html')
      return holds(`${trip.url.pathname} takes POST (HTTP ${reply.status})`)
    if (await streams(trip, trip.url.href)) return holds(`${trip.url.pathname} opens the stream of HTTP+SSE`)
    const near = ['/mcp', '/mcp/', '/sse', `${trip.url.pathname.replace(/\/$/, '')}/mcp`, '/api/mcp', '/']
    const urls = [...new Set(near.map((one) => new URL(one, trip.url).href))].filter((one) => one !== trip.url.href)
    const found = []
    for (const url of urls) {
      const other = await hello(trip, {}, 'none', url)
      const sse = /\/sse$/.test(url) && (await streams(trip, url))
      if (speaksMcp(other) || sse || other.status === 401) found.push(url)
    }
    const found404 = remedy ?? {
      layer: 'your code' as const,
      cause: 'No MCP endpoint lives at this path',
      fix: 'Call the path the server registers; POST, GET and DELETE belong to one path.',
    }
    return broken(
      `${words(reply)}; ${found.length > 0 ? `MCP is at ${found.join(', ')}` : 'nothing at /mcp, /mcp/ or /sse either'}`,
      found.length > 0 ? { ...found404, fix: `Use ${found[0]}. ${found404.fix}` } : found404,
    )
  },
}

function speaksMcp(reply: Reply): boolean {
  return isObject(reply.response) || reply.messages.some((one) => isObject(one) && 'jsonrpc' in one)
}

async function streams(trip: Trip, url: string): Promise<boolean> {
  const headers = [['accept', 'text/event-stream'] as [string, string], ...identityHeaders(trip.peer, 'own')]
  const reply = await send(trip.peer, { method: 'GET', url, headers, timeoutMs: 3000 })
  const found =
    reply.isStream && (await reply.until((one) => one.events.some(({ event }) => event === 'endpoint'), 1500))
  reply.close()
  return found
}

/** The message reaches the SDK as it was sent. */
export const body: StepDefinition = {
  id: 'body',
  title: 'Body',
  async look(trip) {
    const reply = trip.hello!
    const remedy = remedyAt('body', trip, reply)
    return remedy ? broken(words(reply), remedy) : holds('the message arrives whole', await pageNotes(trip))
  },
}

/** A client that accepts JSON and event streams is served. */
export const accept: StepDefinition = {
  id: 'accept',
  title: 'Accept',
  async look(trip) {
    const reply = trip.hello!
    const remedy = remedyAt('accept', trip, reply)
    return remedy ? broken(words(reply), remedy) : holds('application/json, text/event-stream is accepted')
  },
}

/** Traces of a stack: a file with its line, in Node and in Python. */
const stack = /\bat .{0,120}:\d+:\d+|Traceback \(most recent call last\)/

/** What the server shows of itself to somebody whose message is no JSON. */
async function pageNotes(trip: Trip): Promise<string[]> {
  const headers: [string, string][] = [
    ['content-type', 'application/json'],
    ['accept', 'application/json, text/event-stream'],
    ...identityHeaders(trip.peer, 'own'),
  ]
  const reply = await send(trip.peer, { method: 'POST', url: trip.peer.url, headers, body: '{"jsonrpc":' })
  await reply.until(() => false, 1000)
  reply.close()
  if (!stack.test(reply.text)) return []
  return [
    'A body that is no JSON gets a page with a stack trace of the server. Add an error handler after the body parser that answers -32700 in JSON, or set NODE_ENV=production.',
  ]
}
