import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import type { AuthDesk, AuthKind, Caller, JudgeOptions, Page, Tokens, Verdict } from './types.js'

/** Scope every request needs. */
export const SCOPE = 'ledger:use'
const HEADER = /^([A-Za-z][A-Za-z0-9-]*) +([A-Za-z0-9._~+/-]+=*) *$/

type Bearer = { token: string } | { verdict: Verdict }

function bearer(authorization: string | undefined): Bearer {
  if (authorization === undefined) return { verdict: { ok: false, status: 401 } }
  const match = HEADER.exec(authorization)
  if (match === null) return { verdict: { ok: false, status: 400, error: 'invalid_request' } }
  if (match[1]?.toLowerCase() !== 'bearer') return { verdict: { ok: false, status: 401 } }
  return { token: match[2] ?? '' }
}

const bad: Verdict = { ok: false, status: 401, error: 'invalid_token' }

function keyDesk(): AuthDesk {
  const tokens = { valid: `lk_${randomBytes(18).toString('hex')}`, second: `lk_${randomBytes(18).toString('hex')}` }
  return {
    tokens,
    async judge(authorization) {
      const found = bearer(authorization)
      if ('verdict' in found) return found.verdict
      if (found.token === tokens.valid) return { ok: true, subject: 'ada' }
      return found.token === tokens.second ? { ok: true, subject: 'bob' } : bad
    },
  }
}

function sameResource(audience: unknown, resource: string): boolean {
  const all = Array.isArray(audience) ? audience : [audience]
  return all.some((one) => URL.canParse(String(one)) && new URL(String(one)).href === resource)
}

async function jwtDesk(origin: string, resource: string): Promise<AuthDesk> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const issue = (sub: string, aud: string, scope: string, lifetime: number): Promise<string> => {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ scope, jti: randomBytes(8).toString('hex') })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setIssuer(origin)
      .setSubject(sub)
      .setAudience(aud)
      .setIssuedAt(now - 600)
      .setExpirationTime(now + lifetime)
      .sign(privateKey)
  }
  const tokens: Tokens = {
    valid: await issue('ada', resource, SCOPE, 3600),
    second: await issue('bob', resource, SCOPE, 3600),
    expired: await issue('ada', resource, SCOPE, -300),
    wrongAudience: await issue('ada', 'https://other.example.org/mcp', SCOPE, 3600),
    insufficientScope: await issue('ada', resource, 'profile', 3600),
  }
  const judge = async (authorization: string | undefined, skip: JudgeOptions = {}): Promise<Verdict> => {
    const found = bearer(authorization)
    if ('verdict' in found) return found.verdict
    try {
      const payload = skip.skipSignature
        ? JSON.parse(Buffer.from(found.token.split('.')[1] ?? '', 'base64url').toString())
        : (
            await jwtVerify(found.token, publicKey, {
              issuer: origin,
              algorithms: ['ES256'],
              ...(skip.skipExpiry ? { currentDate: new Date(Date.now() - 550_000) } : {}),
            })
          ).payload
      if (skip.skipSignature && !(payload.iss === origin && payload.exp * 1000 > Date.now())) return bad
      if (!skip.skipAudience && !sameResource(payload.aud, resource)) return bad
      const granted = String(payload.scope ?? '').split(' ')
      if (!skip.skipScope && !granted.includes(SCOPE)) return { ok: false, status: 403, error: 'insufficient_scope' }
      return { ok: true, subject: String(payload.sub) }
    } catch {
      return bad
    }
  }
  return { judge, tokens, publicKey: { ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig' } }
}

/** Sets up whatever checks credentials for the chosen kind of auth. */
export async function openDesk(kind: AuthKind, origin: string, resource: string): Promise<AuthDesk> {
  if (kind === 'apikey') return keyDesk()
  if (kind === 'oauth') return jwtDesk(origin, resource)
  return { tokens: undefined, judge: async () => ({ ok: true, subject: 'anyone' }) }
}

/** Path of the protected-resource metadata. */
export function metadataPath(endpoint: string): string {
  return `/.well-known/oauth-protected-resource${endpoint}`
}

/** WWW-Authenticate of a refusal. */
export function challengeFor(verdict: Verdict & { ok: false }, ex: Caller): string | undefined {
  const { world } = ex
  if (world.auth === 'apikey') return 'Bearer realm="ledger"'
  const parts = [`resource_metadata="${world.origin}${metadataPath(world.endpoint)}"`, `scope="${SCOPE}"`]
  if (verdict.error !== undefined) parts.unshift(`error="${verdict.error}"`)
  return `Bearer ${parts.join(', ')}`
}

/** The metadata document, at its well-known path. */
export function describeResource(ex: Caller): Page | undefined {
  const { world } = ex
  if (world.auth !== 'oauth' || ex.path !== metadataPath(world.endpoint) || ex.req.method !== 'GET') return undefined
  const document = {
    resource: `${world.origin}${world.endpoint}`,
    authorization_servers: [world.origin],
    scopes_supported: [SCOPE],
    bearer_methods_supported: ['header'],
  }
  return { status: 200, type: 'application/json', body: JSON.stringify(document) }
}
