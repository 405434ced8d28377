import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { ask } from '../testing/modern-client.js'
import { call, handshake, initialize, jsonOf, post, request } from '../testing/raw-client.js'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('oauth', () => {
  let server: RunningReference
  let origin: string
  beforeAll(async () => {
    server = await startReference({ mode: 'stateful', auth: 'oauth' })
    origin = new URL(server.url).origin
  })
  afterAll(() => server.close())

  it('publishes its metadata without asking for a token', async () => {
    for (const suffix of ['', '/mcp']) {
      const reply = await fetch(`${origin}/.well-known/oauth-protected-resource${suffix}`)
      expect([reply.status, reply.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'application/json'])
      expect(await reply.json()).toMatchObject({ resource: server.url, authorization_servers: [origin] })
    }
    const metadata = await jsonOf(await fetch(`${origin}/.well-known/oauth-authorization-server`))
    expect(metadata.issuer).toBe(origin)
    expect((await jsonOf(await fetch(metadata.jwks_uri))).keys).toHaveLength(1)
  })

  it('challenges with resource_metadata and scope', async () => {
    const challenge = (await post(server.url, initialize())).headers.get('www-authenticate')
    expect(challenge).toContain(`resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`)
    expect(challenge).toContain('scope="weather:read"')
    expect(challenge).not.toContain('error=')
  })

  it('refuses expired tokens, those for others, and forged ones', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const claims = { scope: 'weather:read', client_id: 'demo-alice' }
    const forge = (issuer: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(server.url)
        .setSubject('alice')
        .setExpirationTime('1h')
        .sign(privateKey)
    const unsigned = new UnsecuredJWT(claims).setIssuer(origin).setAudience(server.url).setSubject('alice').encode()
    const own = server.tokens!
    const tampered = own.valid.replace(/\.[^.]+\./, (body) => body.replace(/..$/, 'AA.'))
    const embedded = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: await exportJWK(publicKey) })
      .setIssuer(origin)
      .setAudience(server.url)
      .setSubject('alice')
      .setExpirationTime('1h')
      .sign(privateKey)
    const bad = [
      own.expired!,
      own.wrongAudience!,
      unsigned,
      tampered,
      embedded,
      await forge(origin),
      await forge('https://x'),
    ]
    for (const token of bad) {
      const reply = await post(server.url, initialize(), bearer(token))
      expect(reply.status).toBe(401)
      expect(reply.headers.get('www-authenticate')).toContain('error="invalid_token"')
    }
  })

  it('answers missing scopes with 403 and names those needed', async () => {
    const low = await post(server.url, initialize(), bearer(server.tokens!.insufficientScope!))
    expect(low.status).toBe(403)
    expect(low.headers.get('www-authenticate')).toMatch(
      /error="insufficient_scope".*scope="weather:read".*resource_metadata=/,
    )
    const reader = await handshake(server, '2025-11-25', bearer(server.tokens!.second))
    expect((await post(server.url, request(1, 'tools/list'), reader)).status).toBe(200)
    const denied = await post(server.url, call(2, 'issue_alert', { severity: 'minor' }), reader)
    expect([denied.status, denied.messages[0]?.id]).toEqual([403, 2])
    expect(denied.headers.get('www-authenticate')).toContain('scope="weather:read weather:write"')
    const writer = await handshake(server, '2025-11-25', bearer(server.tokens!.valid))
    expect((await post(server.url, call(2, 'issue_alert', { severity: 'minor' }), writer)).status).toBe(200)
  })

  it('grants tokens to the demo clients that continue a session of the same user', async () => {
    const ask = (form: Record<string, string>) =>
      fetch(`${origin}/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'demo-alice', ...form }),
      })
    const granted = await ask({ client_secret: 'alice-demo-secret', resource: server.url.replace('http', 'HTTP') })
    const { access_token, expires_in } = await jsonOf(granted)
    expect(expires_in).toBe(3600)
    const client = await handshake(server, '2025-11-25', bearer(server.tokens!.valid))
    expect((await post(server.url, request(1, 'ping'), { ...client, ...bearer(access_token) })).status).toBe(200)

    expect((await ask({ client_secret: 'wrong' })).status).toBe(401)
    for (const wrong of [
      { resource: 'https://other.example/mcp' },
      { scope: 'weather:admin' },
      { grant_type: 'password' },
    ])
      expect((await ask({ client_secret: 'alice-demo-secret', ...wrong })).status).toBe(400)
  })
})

describe.each(['modern', 'dual'] as const)('oauth, %s', (mode) => {
  let server: RunningReference
  beforeAll(async () => {
    server = await startReference({ mode, auth: 'oauth' })
  })
  afterAll(() => server.close())

  const as = (token?: string) => ({ headers: token === undefined ? {} : bearer(token), id: 'x' })
  const alert = { name: 'issue_alert', arguments: { severity: 'minor' } }

  it('verifies every request, before anything of it is looked at', async () => {
    const { valid, expired, wrongAudience } = server.tokens!
    expect((await ask(server.url, 'tools/list', {}, as(valid))).status).toBe(200)
    for (const token of [undefined, expired, wrongAudience, 'made-up'])
      for (const method of ['tools/list', 'subscriptions/listen', 'no/such']) {
        const reply = await ask(server.url, method, {}, as(token))
        expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('scope=')])
        expect(reply.messages[0]?.error.code).toBe(401)
      }
  })

  it('asks for all missing scopes at once', async () => {
    const reply = await ask(server.url, 'tools/call', alert, as(server.tokens!.second))
    expect([reply.status, reply.messages[0]?.id]).toEqual([403, 'x'])
    const challenge = reply.headers.get('www-authenticate')!
    expect(challenge).toMatch(/error="insufficient_scope", scope="weather:read weather:write", resource_metadata=/)
    expect((await ask(server.url, 'tools/call', alert, as(server.tokens!.valid))).status).toBe(200)
  })

  it('takes the scope to write for one to read as well', async () => {
    const form = { grant_type: 'client_credentials', client_id: 'demo-alice', client_secret: 'alice-demo-secret' }
    const body = new URLSearchParams({ ...form, scope: 'weather:write' })
    const { access_token, scope } = await jsonOf(await fetch(new URL('/token', server.url), { method: 'POST', body }))
    expect(scope).toBe('weather:write')
    expect((await ask(server.url, 'tools/list', {}, as(access_token))).status).toBe(200)
    expect((await ask(server.url, 'tools/call', alert, as(access_token))).status).toBe(200)
  })

  it('lists the same to all, as its public scope says', async () => {
    for (const method of ['server/discover', 'tools/list', 'resources/list', 'prompts/list']) {
      const replies = [server.tokens!.valid, server.tokens!.second].map((token) =>
        ask(server.url, method, {}, as(token)),
      )
      const [mine, yours] = await Promise.all(replies)
      expect(mine!.messages).toEqual(yours!.messages)
    }
  })
})

it('derives resource and issuer from the public URL', async () => {
  const server = await startReference({ mode: 'stateless', auth: 'oauth', publicUrl: 'https://Weather.example/mcp/' })
  const reply = await fetch(new URL('/.well-known/oauth-protected-resource', server.url))
  expect(await reply.json()).toMatchObject({
    resource: 'https://weather.example/mcp',
    authorization_servers: ['https://weather.example'],
  })
  expect((await post(server.url, initialize(), bearer(server.tokens!.valid))).status).toBe(200)
  await server.close()
})
