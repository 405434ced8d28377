import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { handshake, jsonOf, post, request } from '../testing/raw-client.js'

/** Sends a request with a Host header of one's own, which fetch does not allow; gives the status. */
function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'PUT', headers: { host } }, (reply) => {
      reply.resume()
      resolve(reply.statusCode)
    })
    sent.on('error', reject).end()
  })
}

describe.each(['stateful', 'stateless', 'modern', 'dual', 'sse'] as const)('origin guard, %s', (mode) => {
  let server: RunningReference
  beforeAll(async () => {
    server = await startReference({ mode, publicUrl: 'https://weather.example/mcp' })
  })
  afterAll(() => server.close())

  it('refuses foreign origins on every method and path with JSON', async () => {
    for (const method of ['GET', 'POST', 'DELETE', 'PUT', 'OPTIONS'])
      for (const path of [server.url, '/', '/messages']) {
        for (const origin of [
          'https://evil.example',
          'null',
          'http://localhost.evil.example',
          'https://weather.example:444',
        ]) {
          const reply = await fetch(new URL(path, server.url), { method, headers: { origin } })
          expect([reply.status, (await jsonOf(reply)).jsonrpc]).toEqual([403, '2.0'])
          expect(reply.headers.get('access-control-allow-origin')).toBeNull()
        }
      }
  })

  it('refuses forged hosts and takes known ones with and without a port', async () => {
    for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '[::2]', 'a b'])
      expect([403, 400]).toContain(await statusWithHost(server.url, host))
    for (const host of ['localhost', '127.0.0.1:1', '[::1]:80', 'weather.example', 'WEATHER.example:443'])
      expect(await statusWithHost(server.url, host)).toBe(405)
  })

  it('answers preflights of own origins with all standard headers', async () => {
    const headers = { origin: 'https://weather.example', 'access-control-request-method': 'POST' }
    const reply = await fetch(server.url, { method: 'OPTIONS', headers })
    expect(reply.status).toBe(204)
    expect(reply.headers.get('access-control-allow-origin')).toBe('https://weather.example')
    const allowed = reply.headers.get('access-control-allow-headers')?.toLowerCase()
    for (const name of ['content-type', 'authorization', 'mcp-session-id', 'mcp-protocol-version', 'last-event-id'])
      expect(allowed).toContain(name)
  })

  it('exposes its headers on refusals too', async () => {
    const reply = await fetch(server.url, { method: 'PUT', headers: { origin: 'http://localhost:6274' } })
    expect(reply.status).toBe(405)
    expect(reply.headers.get('access-control-allow-origin')).toBe('http://localhost:6274')
    expect(reply.headers.get('access-control-expose-headers')?.toLowerCase()).toMatch(
      /mcp-session-id.*www-authenticate/,
    )
  })

  it('answers unknown paths with JSON', async () => {
    const reply = await fetch(new URL('/no/such/path', server.url))
    expect([reply.status, (await jsonOf(reply)).jsonrpc]).toEqual([404, '2.0'])
  })
})

it('serves an own origin', async () => {
  const server = await startReference({ mode: 'stateful' })
  const client = await handshake(server, '2025-11-25', { origin: 'http://localhost:5173' })
  const reply = await post(server.url, request(1, 'ping'), client)
  expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([200, 'http://localhost:5173'])
  await server.close()
})
