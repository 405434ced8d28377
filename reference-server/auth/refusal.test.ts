import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { ask } from '../testing/modern-client.js'
import { handshake, initialize, openStream, post, request } from '../testing/raw-client.js'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Sends headers that fetch would merge or refuse; gives the status. */
function statusOfRaw(url: string, authorizations: string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'POST' }, (reply) => {
      reply.resume()
      resolve(reply.statusCode)
    })
    sent.setHeader('authorization', authorizations)
    sent.on('error', reject).end('{}')
  })
}

const modes = ['stateful', 'stateless', 'modern', 'dual', 'sse'] as const
const auths = ['apikey', 'credentials', 'oauth'] as const

describe.each(modes.flatMap((mode) => auths.map((auth) => ({ mode, auth }))))('$auth, $mode', ({ mode, auth }) => {
  let server: RunningReference
  beforeAll(async () => {
    server = await startReference({ mode, auth, env: {} })
  })
  afterAll(() => server.close())

  it('refuses every served method and path without credentials, whatever the body', async () => {
    const paths = [
      new URL(server.url).pathname,
      `${new URL(server.url).pathname}/`,
      '/messages',
      '/messages/?sessionId=x',
    ]
    for (const path of paths)
      for (const method of ['GET', 'POST', 'DELETE']) {
        const reply = await fetch(new URL(path, server.url), { method, headers: { accept: 'text/event-stream' } })
        expect([401, 405]).toContain(reply.status)
        if (method === 'POST' && !(mode === 'sse' && path.startsWith('/sse'))) expect(reply.status).toBe(401)
        if (reply.status === 401) expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer realm="weather"/)
      }
    expect((await post(server.url, '{ broken')).status).toBe(mode === 'sse' ? 405 : 401)
  })

  const target = () => (mode === 'sse' ? new URL('/messages?sessionId=x', server.url).href : server.url)

  it.each([
    ['none', {}, 401, false],
    ['empty', { authorization: 'Bearer ' }, 401, false],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }, 401, false],
    ['an unknown token', bearer('made-up'), 401, true],
    ['base64 of no JSON', bearer('////'), 401, true],
    ['base64 of null', bearer('bnVsbA=='), 401, true],
    ['two tokens', { authorization: 'Bearer one two' }, 400, false],
  ])('refuses %s', async (_name, headers, status, invalidToken) => {
    const reply = await post(target(), initialize(), headers)
    expect(reply.status).toBe(status)
    expect(reply.headers.get('www-authenticate')?.includes('error="invalid_token"')).toBe(invalidToken)
  })

  it('refuses two Authorization headers, and a token in the query', async () => {
    const { valid } = server.tokens!
    expect(await statusOfRaw(target(), [`Bearer ${valid}`, `Bearer ${valid}`])).toBe(400)
    const url = new URL(target())
    url.searchParams.set('access_token', valid)
    expect((await post(url.href, initialize())).status).toBe(401)
  })

  it('takes a valid token, and the scheme in any case', async () => {
    const { valid } = server.tokens!
    if (mode === 'sse') {
      const stream = await openStream(server.url, bearer(valid))
      expect(stream.status).toBe(200)
      return stream.abort()
    }
    const authorization = `bEARER  ${valid}`
    if (mode !== 'modern') expect((await post(server.url, initialize(), { authorization })).status).toBe(200)
    if (mode === 'modern' || mode === 'dual')
      expect((await ask(server.url, 'tools/list', {}, { headers: { authorization } })).status).toBe(200)
  })
})

it.each(auths)('keeps a session to its user, not to a token (%s)', async (auth) => {
  const server = await startReference({ mode: 'stateful', auth, env: {} })
  const { valid, second } = server.tokens!
  const client = await handshake(server, '2025-11-25', bearer(valid))
  const { authorization: _, ...session } = client as Record<string, string>
  for (const method of ['POST', 'GET', 'DELETE']) {
    const init = { method, ...(method === 'POST' && { body: JSON.stringify(request(1, 'ping')) }) }
    const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...session }
    expect((await fetch(server.url, { ...init, headers })).status).toBe(401)
    expect((await fetch(server.url, { ...init, headers: { ...headers, ...bearer(second) } })).status).toBe(404)
  }
  expect((await post(server.url, request(1, 'ping'), client)).status).toBe(200)
  await server.close()
})

it('keeps an HTTP+SSE session to its user', async () => {
  const server = await startReference({ mode: 'sse', auth: 'apikey', env: { WEATHER_API_KEY: 'the-key' } })
  expect(server.tokens?.valid).toBe('the-key')
  const stream = await openStream(server.url, bearer('the-key'))
  const [first] = await stream.until(() => true)
  const endpoint = new URL(first!.data, server.url).href
  expect((await post(endpoint, initialize(), bearer(server.tokens!.second))).status).toBe(404)
  expect((await post(endpoint, initialize(), bearer('the-key'))).status).toBe(202)
  stream.abort()
  await server.close()
})
