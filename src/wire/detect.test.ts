import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import {
  beginStream,
  deadUrl,
  greeting,
  resultOf,
  type Seen,
  sendEvent,
  sendJson,
  serveHttp,
  serveSelfSigned,
  serveTcp,
  testPeer,
} from '../../test/support/servers.js'
import { detect } from './detect.js'
import { metadataPlaces } from './detect-auth.js'
import type { Peer } from './peer.js'

type Handle = (seen: Seen, answer: ServerResponse) => unknown

const streamable: Handle = ({ method, message }, answer) => {
  if (method !== 'POST') return answer.writeHead(405).end()
  if (message.method === 'initialize') return sendJson(answer, greeting(message, { tools: {} }))
  if ('id' in message) return sendJson(answer, resultOf(message, { tools: [] }))
  answer.writeHead(202).end()
}

/** An HTTP+SSE server; a POST to the stream's own URL is answered with `status`. */
function legacy(status: number): Handle {
  const streams = new Map<string, ServerResponse>()
  return ({ method, url, message }, answer) => {
    if (method === 'GET') {
      const name = `/m/${streams.size}`
      streams.set(name, answer)
      beginStream(answer)
      answer.write(`event: endpoint\ndata: ${name}\n\n`)
      return
    }
    const stream = streams.get(url)
    if (!stream) return answer.writeHead(status).end()
    answer.writeHead(202).end()
    if (message.method === 'initialize') sendEvent(stream, greeting(message))
    else if ('id' in message) sendEvent(stream, resultOf(message, { tools: [] }))
  }
}

describe('finds out how to speak to a server', () => {
  it('Streamable HTTP without sessions, JSON answers, no GET stream', async () => {
    const { url } = await serveHttp(streamable)
    const { facts, obstacle } = await detect(testPeer(url))
    expect(obstacle).toBeUndefined()
    expect(facts).toEqual({
      url,
      transport: 'streamable-http',
      revisions: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'],
      counterOffer: '1900-01-01',
      sessions: false,
      answers: 'json',
      getStream: false,
      eventIds: false,
      handshakeMs: expect.any(Number),
      strained: false,
      waits: expect.any(Boolean),
      auth: { required: false, open: true },
      capabilities: { tools: {} },
      serverInfo: { name: 'hand-made', version: '1' },
    })
  })

  it('a server that allows a session one GET stream gives it to us, not to the stranger we try beside', async () => {
    let streams = 0
    const { url } = await serveHttp(({ method, message }, answer) => {
      if (method === 'DELETE') return answer.writeHead(204).end()
      if (method === 'GET')
        return ++streams > 1 ? answer.writeHead(409).end() : setTimeout(() => beginStream(answer), 100)
      if (!('id' in message)) return answer.writeHead(202).end()
      answer.setHeader('mcp-session-id', 'abc')
      sendJson(answer, message.method === 'initialize' ? greeting(message) : resultOf(message, {}))
    })
    const { facts } = await detect(testPeer(url))
    expect([streams, facts?.getStream, facts?.auth]).toEqual([2, true, { required: false, open: true }])
  })

  it('with sessions, SSE answers with event ids, a GET stream, one revision only', async () => {
    const { url, seen } = await serveHttp(({ method, message }, answer) => {
      if (method === 'DELETE') return answer.writeHead(204).end()
      if (method === 'GET') return beginStream(answer)
      if (!('id' in message)) return answer.writeHead(202).end()
      beginStream(answer, { 'mcp-session-id': 'abc' })
      const own = { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'one' }, instructions: 'hi' }
      sendEvent(answer, resultOf(message, own), '1')
      answer.end()
    })
    const { facts } = await detect(testPeer(url))
    expect(facts).toMatchObject({
      revisions: ['2025-06-18'],
      counterOffer: '2025-06-18',
      sessions: true,
      answers: 'sse',
      getStream: true,
      eventIds: true,
      instructions: 'hi',
    })
    const opened = seen.filter((one) => one.message?.method === 'initialize').length
    const ended = seen.filter((one) => one.method === 'DELETE').length
    expect(ended, 'every session that was opened is ended').toBe(opened)
  })

  it.each([405, 404, 400])('HTTP+SSE where initialize is answered with %i', async (status) => {
    const { url } = await serveHttp(legacy(status))
    const { facts } = await detect(testPeer(url))
    expect(facts).toMatchObject({ transport: 'http+sse', sessions: false, getStream: false, auth: { open: true } })
    expect(facts!.revisions).toContain('2024-11-05')
  })

  it('a server that answers an unknown version with an error is asked with older ones', async () => {
    const { url } = await serveHttp((seen, answer) => {
      const { message } = seen
      if (message?.method === 'initialize' && message.params.protocolVersion !== '2024-11-05')
        return sendJson(answer, { jsonrpc: '2.0', id: message.id, error: { code: -32602, message: 'unsupported' } })
      streamable(seen, answer)
    })
    expect((await detect(testPeer(url))).facts).toMatchObject({ revisions: ['2024-11-05'] })
  })
})

describe('finds out which eras a server serves', () => {
  const discovery = { supportedVersions: ['2026-07-28'], capabilities: { tools: {} }, resultType: 'complete', ttlMs: 5 }
  const refuse = (answer: ServerResponse, message: any, code: number, status = 400) =>
    sendJson(answer, { jsonrpc: '2.0', id: message?.id, error: { code, message: 'no' } }, {}, status)
  const modern =
    (discover: Handle = ({ message }, answer) => sendJson(answer, resultOf(message, discovery))): Handle =>
    (seen, answer) => {
      const { method, message } = seen
      if (method !== 'POST') return answer.writeHead(405).end()
      if (message.params?._meta === undefined) return refuse(answer, message, -32602)
      if (message.method === 'server/discover') return discover(seen, answer)
      if (message.method !== 'tools/list') return refuse(answer, message, -32601, 404)
      const inputSchema = { properties: { a: { type: 'string', 'x-mcp-header': 'A' } } }
      sendJson(answer, resultOf(message, { resultType: 'complete', tools: [{ name: 'mirroring', inputSchema }] }))
    }
  const dual: Handle = (seen, answer) =>
    (seen.message?.params?._meta === undefined ? streamable : modern())(seen, answer)

  it('modern alone', async () => {
    const { url } = await serveHttp(modern())
    const { facts, modern: found, obstacle } = await detect(testPeer(url))
    expect([facts, obstacle]).toEqual([undefined, undefined])
    expect(found).toEqual({
      url,
      transport: 'streamable-http',
      revisions: ['2026-07-28'],
      modern: { discover: true, supportedVersions: ['2026-07-28'], ttlMs: 5, headerTools: ['mirroring'] },
      sessions: false,
      answers: 'json',
      getStream: false,
      eventIds: false,
      handshakeMs: expect.any(Number),
      strained: false,
      waits: false,
      auth: { required: false, open: true },
      capabilities: { tools: {} },
      serverInfo: {},
    })
  })

  it('tools that mirror parameters, also those of later pages', async () => {
    const inputSchema = { properties: { a: { type: 'string', 'x-mcp-header': 'A' } } }
    const pages: Record<string, object> = {
      first: { tools: [{ name: 'plain' }], nextCursor: 'second' },
      second: { tools: [{ name: 'late', inputSchema }], nextCursor: 'second' },
    }
    const { url, seen } = await serveHttp((one, answer) => {
      if (one.message?.method !== 'tools/list') return modern()(one, answer)
      const page = pages[one.message.params.cursor ?? 'first']
      sendJson(answer, resultOf(one.message, { resultType: 'complete', ...page }))
    })
    const { modern: found } = await detect(testPeer(url))
    expect(found!.modern!.headerTools).toEqual(['late'])
    expect(seen.length).toBeLessThan(60)
  })

  it('both, each knowing of the other', async () => {
    const { url } = await serveHttp(dual)
    const { facts, modern: found } = await detect(testPeer(url))
    expect(facts).toMatchObject({ revisions: expect.arrayContaining(['2025-11-25']), otherEra: ['2026-07-28'] })
    expect(found).toMatchObject({ revisions: ['2026-07-28'], otherEra: facts!.revisions })
  })

  it.each<[string, Handle]>([
    ['a method it does not know', ({ message }, answer) => refuse(answer, message, -32601, 404)],
    ['the same with 200', ({ message }, answer) => refuse(answer, message, -32601, 200)],
    ['a header mismatch', ({ message }, answer) => refuse(answer, message, -32020)],
  ])('modern where server/discover is answered with %s', async (_, discover) => {
    const { url } = await serveHttp(modern(discover))
    const { modern: found } = await detect(testPeer(url))
    expect(found).toMatchObject({ modern: { discover: false, supportedVersions: [] }, capabilities: { tools: {} } })
  })

  it('not modern where server/discover names older versions and all else is refused for its version', async () => {
    const older: Handle = (seen, answer) => {
      const { message } = seen
      if (message?.params?._meta === undefined) return streamable(seen, answer)
      if (message.method !== 'server/discover') return refuse(answer, message, -32022)
      sendJson(answer, resultOf(message, { ...discovery, supportedVersions: ['2025-11-25'] }))
    }
    const { url } = await serveHttp(older)
    const { facts, modern: found } = await detect(testPeer(url))
    expect(found).toBeUndefined()
    expect(facts?.revisions).toContain('2025-11-25')
  })

  it('modern but late with its first answer', async () => {
    const { url } = await serveHttp(
      modern(({ message }, answer) => void setTimeout(() => sendJson(answer, resultOf(message, discovery)), 1100)),
    )
    expect((await detect(testPeer(url))).modern).toMatchObject({ modern: { discover: true } })
  })

  it.each<[string, Handle]>([
    ['an error', ({ message }, answer) => refuse(answer, message, -32601, 200)],
    ['400', (_, answer) => answer.writeHead(400).end('Missing session ID')],
    ['404 without JSON', (_, answer) => answer.writeHead(404).end()],
    ['405', (_, answer) => answer.writeHead(405).end()],
    ['an HTML page', (_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<p>')],
    ['a result of its own', ({ message }, answer) => sendJson(answer, resultOf(message, { capabilities: {} }))],
    ['silence', () => {}],
  ])('an old server that answers server/discover with %s costs one request', async (_, discover) => {
    const { url, seen } = await serveHttp((one, answer) =>
      (one.message?.method === 'server/discover' ? discover : streamable)(one, answer),
    )
    const plain = await serveHttp(streamable)
    const before = await detect(testPeer(plain.url))
    const after = await detect(testPeer(url))
    const same = { url: '', handshakeMs: 0, strained: false }
    expect({ ...after.facts, ...same }).toEqual({ ...before.facts, ...same })
    expect(after.modern).toBeUndefined()
    expect(seen.length).toBe(plain.seen.length)
    expect(seen.filter(({ message }) => message?.method === 'server/discover')).toHaveLength(1)
  })
})

describe('finds out whether a server wants credentials', () => {
  const guarded =
    (metadata: boolean): Handle =>
    (seen, answer) => {
      if (seen.url.startsWith('/.well-known/')) {
        return metadata ? sendJson(answer, { resource: 'x', authorization_servers: [] }) : answer.writeHead(404).end()
      }
      if (seen.headers.authorization === 'Bearer good-token') return streamable(seen, answer)
      answer.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end()
    }
  const own: Partial<Peer> = { credentials: [['authorization', 'Bearer good-token']] }

  it.each([true, false])('with credentials given it is judged; metadata found: %s', async (metadata) => {
    const { url } = await serveHttp(guarded(metadata))
    const { facts, obstacle } = await detect(testPeer(url, own))
    expect(obstacle).toBeUndefined()
    expect(facts!.auth).toMatchObject({ required: true, open: false, challenge: 'Bearer error="invalid_token"' })
    expect(facts!.auth.metadata?.document.resource).toBe(metadata ? 'x' : undefined)
  })

  it('without, there is an obstacle, and what auth checks need', async () => {
    const { url } = await serveHttp(guarded(true))
    const { facts, obstacle } = await detect(testPeer(url))
    expect(obstacle).toMatchObject({ kind: 'credentials', status: 401 })
    expect(facts).toMatchObject({ transport: 'streamable-http', auth: { required: true, open: false } })
  })

  it('credentials given to a server that serves strangers as well', async () => {
    const { url } = await serveHttp(streamable)
    expect((await detect(testPeer(url, own))).facts!.auth).toMatchObject({ required: true, open: true })
    expect((await detect(testPeer(url, own), 'none')).facts!.auth).toEqual({ required: false, open: true })
  })

  it('metadata is fetched from the origin of the server only', async () => {
    const { url, seen } = await serveHttp((one, answer) => {
      if (one.url.startsWith('/.well-known/')) return answer.writeHead(404).end()
      answer.writeHead(401, { 'www-authenticate': 'Bearer resource_metadata="http://127.0.0.1:1/steal"' }).end()
    })
    const peer = testPeer(url)
    await detect(peer)
    expect(peer.exchanges.every((exchange) => exchange.request.url.startsWith(new URL(url).origin))).toBe(true)
    expect(seen.map((one) => one.url)).toContain('/.well-known/oauth-protected-resource/mcp')
  })

  it.each<[string, string | undefined, string[]]>([
    ['https://a.example/', undefined, ['https://a.example/.well-known/oauth-protected-resource']],
    [
      'https://a.example/mcp',
      'Basic realm="x"',
      [
        'https://a.example/.well-known/oauth-protected-resource/mcp',
        'https://a.example/.well-known/oauth-protected-resource',
      ],
    ],
    [
      'https://a.example/',
      'Bearer resource_metadata="https://b.example/m", scope="x"',
      ['https://b.example/m', 'https://a.example/.well-known/oauth-protected-resource'],
    ],
    [
      'https://a.example/',
      'Bearer resource_metadata=no-url',
      ['https://a.example/.well-known/oauth-protected-resource'],
    ],
  ])('metadata of %s with challenge %s', (url, challenge, places) =>
    expect(metadataPlaces(url, challenge)).toEqual(places),
  )
})

describe('says in one sentence why a server cannot be judged', () => {
  const answering = (handle: Handle) => async () => (await serveHttp(handle)).url
  const page: Handle = (_, answer) =>
    answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Hello')
  const status =
    (code: number, headers: Record<string, string> = {}, body = ''): Handle =>
    (_, answer) =>
      answer.writeHead(code, headers).end(body)
  const foreign: Handle = ({ method }, answer) => {
    if (method === 'POST') return answer.writeHead(405).end()
    beginStream(answer)
    answer.end('event: endpoint\ndata: http://evil.example/m\n\n')
  }
  const rows: [what: string, start: () => Promise<string>, kind: string, words: RegExp][] = [
    ['nothing listens', deadUrl, 'unreachable', /^Nothing listens at http:\/\/127.0.0.1:\d+: .*Start the server/],
    [
      'no such host',
      async () => 'http://no-such-host.invalid/mcp',
      'unreachable',
      /does not resolve. Check the spelling/,
    ],
    ['it drops connections', () => serveTcp((socket) => socket.destroy()), 'unreachable', /broke the connection/],
    ['it hangs', () => serveTcp(() => {}), 'unreachable', /did not answer within 150 ms.*--timeout/],
    [
      'it speaks no HTTP',
      () => serveTcp((socket) => socket.end('220 smtp\r\n')),
      'unreachable',
      /is not HTTP: .*Check the port/,
    ],
    ['nobody trusts its certificate', serveSelfSigned, 'tls', /^TLS to https:.*self-signed.*NODE_EXTRA_CA_CERTS/],
    ['an HTML page', answering(page), 'not-mcp', /HTML page \(HTTP 200\).*\/mcp or \/sse/],
    [
      'an HTML page with 404',
      answering(status(404, { 'content-type': 'text/html; charset=utf-8' }, '<p>')),
      'not-mcp',
      /HTML page \(HTTP 404\)/,
    ],
    ['404 to everything', answering(status(404)), 'not-mcp', /answers 404 to POST and offers no event stream/],
    ['405 to everything', answering(status(405)), 'not-mcp', /answers 405 to POST/],
    [
      'a redirect',
      answering(status(308, { location: 'https://b.example/mcp' })),
      'not-mcp',
      /redirects \(308\) to https:\/\/b.example\/mcp.*final URL/,
    ],
    ['401', answering(status(401)), 'credentials', /answered 401: it wants credentials. Pass a token with --token-env/],
    [
      '403 with a challenge',
      answering(status(403, { 'www-authenticate': 'Bearer' })),
      'credentials',
      /answered 403: it wants credentials/,
    ],
    ['500', answering(status(500, {}, 'Traceback: boom')), 'not-mcp', /HTTP 500, "Traceback: boom"/],
    ['200 without a body', answering(status(200)), 'not-mcp', /HTTP 200, empty body/],
    [
      'text that is no JSON',
      answering(status(200, { 'content-type': 'text/plain' }, 'OK\r\n')),
      'not-mcp',
      /HTTP 200, "OK ?"/,
    ],
    [
      'JSON that is no message',
      answering(status(200, { 'content-type': 'application/json' }, '{"ok":true}')),
      'not-mcp',
      /"\{"ok":true\}"/,
    ],
    ['an endpoint on a foreign server', answering(foreign), 'handshake', /did not complete initialize/],
    [
      'a JSON-RPC error',
      answering(({ message }, answer) =>
        message
          ? sendJson(answer, { jsonrpc: '2.0', id: message.id, error: { code: -32603, message: 'no' } })
          : answer.writeHead(405).end(),
      ),
      'handshake',
      /did not complete initialize: HTTP 200/,
    ],
  ]
  // Only silence is waited for to the end.
  it.each(rows)('%s', async (what, start, kind, words) => {
    const peer = testPeer(await start(), { timeoutMs: what === 'it hangs' ? 150 : 5000 })
    const { obstacle } = await detect(peer)
    expect(obstacle?.kind).toBe(kind)
    expect(obstacle!.message).toMatch(words)
    expect(obstacle!.message).not.toMatch(/[\r\n]/)
    expect(obstacle!.message).toMatch(/\.$/)
  })

  it('credentials that were refused', async () => {
    const url = await answering(status(401))()
    const { obstacle } = await detect(testPeer(url, { credentials: [['authorization', 'Bearer wrong-token']] }))
    expect(obstacle!.message).toMatch(/The credentials given were refused; check the token/)
  })
})
