import { createECDH, createHmac, createPrivateKey, sign } from 'node:crypto'
import { isObject } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import type { PublicKey } from './issuer-keys.js'
import { privateRsa, publicRsa } from './published-key.js'

/** A JSON Web Token taken apart (RFC 7519). */
export interface Jwt {
  header: Record<string, any>
  claims: Record<string, any>
  /** Header and claims as they stand in the token. */
  signed: string
  signature: string
}

/** Takes a token apart; undefined when it is no JWT. */
export function readJwt(token: string): Jwt | undefined {
  const [head = '', body = '', signature = '', ...rest] = token.split('.')
  try {
    const [header, claims] = [head, body].map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
    return isObject(header) && isObject(claims) && rest.length === 0
      ? { header, claims, signed: `${head}.${body}`, signature }
      : undefined
  } catch {
    return undefined
  }
}

/** The JWT in a credential as it stands in its header, with or without a scheme. */
export function jwtIn(shown: string | undefined): Jwt | undefined {
  return readJwt(shown?.split(' ').at(-1) ?? '')
}

/** The good token taken apart, or, where none in JWT form was given, what its issuer would plausibly write. */
export function modelJwt(client: Client): Jwt {
  const good = readJwt(client.given.credential?.token ?? '')
  if (good) return good
  const document = client.facts.auth.metadata?.document ?? {}
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: document.authorization_servers?.[0] ?? new URL(client.facts.url).origin,
    sub: 'gauntlet',
    aud: document.resource ?? client.facts.url,
    client_id: 'gauntlet',
    scope: Array.isArray(document.scopes_supported) ? document.scopes_supported.join(' ') : 'mcp',
    iat: now - 60,
    exp: now + 3600,
  }
  const header = { alg: 'RS256', typ: 'at+jwt' }
  return {
    header,
    claims,
    signed: `${encode(header)}.${encode(claims)}`,
    signature: client.bytes(256).toString('base64url'),
  }
}

/** Tokens that nobody signed: `alg` none in its spellings, and the good one without its signature. */
export function unsignedTokens(client: Client): Record<string, string> {
  const { header, claims, signed } = modelJwt(client)
  const none = (alg: string) => `${encode({ ...header, alg })}.${encode(claims)}.`
  return {
    'an unsigned token (alg none)': none('none'),
    'an unsigned token (alg None)': none('None'),
    'an unsigned token (alg NONE)': none('NONE'),
    'an unsigned token (no alg)': `${encode({ typ: 'JWT' })}.${encode(claims)}.`,
    'a token with its signature cut off': `${signed}.`,
    'a token of two parts': signed,
  }
}

/** Tokens whose claims were changed under the old signature. */
export function rewrittenTokens(client: Client): Record<string, string> {
  const { header, claims, signed, signature } = modelJwt(client)
  const [head] = signed.split('.')
  return {
    'a token with another subject under the old signature': `${head}.${encode({ ...claims, sub: 'gauntlet-admin' })}.${signature}`,
    'a token with a later expiry under the old signature': `${head}.${encode({ ...claims, exp: Math.floor(Date.now() / 1000) + 864_000 })}.${signature}`,
    'a token with another header under the old signature': `${encode({ ...header, gauntlet: true })}.${encode(claims)}.${signature}`,
    'a token with a random signature': `${signed}.${client.bytes(Math.max(16, Math.floor((signature.length * 3) / 4))).toString('base64url')}`,
  }
}

/** Tokens signed by ourselves: with guessable secrets, and with a key of our own that the header brings along. */
export function selfSignedTokens(client: Client): Record<string, string> {
  const { header, claims } = modelJwt(client)
  const hmac = (secret: string | Buffer) => withSecret(header, claims, secret)
  const { jwk, d } = keyOf(client)
  const privateKey = createPrivateKey({ key: { ...jwk, d }, format: 'jwk' })
  const own = (extra: object) => {
    const text = `${encode({ ...header, alg: 'ES256', ...extra })}.${encode(claims)}`
    return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
  // Many servers take RS256 alone.
  const rsa = createPrivateKey({ key: privateRsa, format: 'jwk' })
  const ownRsa = (extra: object) => {
    const text = `${encode({ ...header, alg: 'RS256', ...extra })}.${encode(claims)}`
    return `${text}.${sign('sha256', Buffer.from(text), rsa).toString('base64url')}`
  }
  return {
    'a token signed with a random secret': hmac(client.bytes(32)),
    'a token signed with the empty secret': hmac(''),
    'a token signed with the secret "secret"': hmac('secret'),
    'a token signed with a key of our own': own({}),
    'a token signed with the key in its own header': own({ jwk }),
    'a token signed with an RSA key of our own': ownRsa({}),
    'a token signed with the RSA key in its own header': ownRsa({ jwk: publicRsa }),
  }
}

/** Tokens whose secret anybody can read: the public key of the issuer, in each form that a server may keep it in. RFC 8725 section 2.1. */
export function publiclySignedTokens(client: Client, keys: readonly PublicKey[]): Record<string, string> {
  const { header, claims } = modelJwt(client)
  const signed = keys.flatMap(({ jwk, forms }) => {
    const named = jwk.kid === undefined ? header : { ...header, kid: jwk.kid }
    return Object.entries(forms).map(([form, secret]) => [
      `a token of algorithm HS256 whose secret is the public key ${jwk.kid ?? ''} of the issuer (${form})`.replace(
        '  ',
        ' ',
      ),
      withSecret(named, claims, secret),
    ])
  })
  return Object.fromEntries(signed)
}

function withSecret(header: object, claims: object, secret: string | Buffer): string {
  const text = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

/** A key of the curve P-256 that nobody trusts: its public half as a JSON Web Key, and `d` beside it. RFC 7518 section 6.2. */
function keyOf(client: Client): { jwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string }; d: string } {
  const curve = createECDH('prime256v1')
  const secret = client.bytes(32)
  // Below the order of the curve, which begins with 32 bits that are set.
  secret[0]! &= 0x7f
  curve.setPrivateKey(secret)
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url')) as [
    string,
    string,
  ]
  return { jwk: { kty: 'EC', crv: 'P-256', x, y }, d: secret.toString('base64url') }
}

/** The good token cut short: no part of it may stand for the whole. */
export function shortenedTokens(token: string): Record<string, string> {
  const bare = token.replace(/=+$/, '')
  return {
    'the first half of the good token': bare.slice(0, Math.ceil(bare.length / 2)),
    'the good token without its last character': bare.slice(0, -1),
    'the good token without its first character': token.slice(1),
    'the first characters of the good token': bare.slice(0, Math.min(8, bare.length - 1)),
  }
}

/** The good token with more around it. */
export function extendedTokens(token: string): Record<string, string> {
  const [, bare = '', padding = ''] = /^(.*?)(=*)$/s.exec(token)!
  return {
    'the good token and more': `${bare}gauntlet${padding}`,
    'the good token after something else': `gauntlet${token}`,
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The good token with one character changed, always in its most significant bit: the last ones of base64 may not count. */
export function alteredTokens(token: string): Record<string, string> {
  const bare = token.replace(/=+$/, '')
  const swap = (at: number) => {
    const index = alphabet.indexOf(bare[at] ?? '')
    return bare.slice(0, at) + (index < 0 ? (bare[at] === '.' ? '_' : 'A') : alphabet[index ^ 32]) + token.slice(at + 1)
  }
  return {
    'the good token with its first character changed': swap(0),
    'the good token with a character in the middle changed': swap(Math.floor(bare.length / 2)),
    'the good token with its last character changed': swap(bare.length - 1),
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
