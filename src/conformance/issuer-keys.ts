import { createHmac, createPublicKey } from 'node:crypto'
import { isObject, parseJson } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { notApplicable, notTestable } from './expect.js'
import type { Fault } from './fault.js'
import { jwtIn, modelJwt } from './forged-tokens.js'
import { askOpenly, issuerDocument } from './issuer-metadata.js'
import { letIn } from './let-in.js'
import { isLoopback } from './needs.js'
import { metadataPlacesOf } from './resource-metadata.js'

/** A public key that an issuer signs with: as a JSON Web Key, and in the forms that a server may keep it in. */
export interface PublicKey {
  jwk: Record<string, any>
  forms: Record<string, string | Buffer>
}

/** Of a set with many keys so many are looked at. */
const mostKeys = 2

/**
 * The public keys of those who may have issued the good token, by their metadata (`jwks_uri`, RFC 8414); that of the good token first. Once per
 * run. Asked is the host of the server alone, and for a server on this machine this machine. Ends the check where there is no key.
 */
export async function issuerKeys(client: Client): Promise<readonly PublicKey[]> {
  const found = await client.once('keys of the issuers', findKeys, 'run')
  const { kid } = modelJwt(client).header
  const own = found.keys.filter(({ jwk }) => kid !== undefined && jwk.kid === kid)
  const keys = [...own, ...found.keys.filter((key) => !own.includes(key))].slice(0, mostKeys)
  if (keys.length > 0) return keys
  if (found.elsewhere)
    notTestable(`the keys of the issuer lie on another host (${found.elsewhere}), which is not asked`)
  return notApplicable('no metadata shows a public key of the issuer')
}

async function findKeys(client: Client): Promise<{ keys: PublicKey[]; elsewhere?: string }> {
  const { origin } = new URL(client.facts.url)
  const places = await metadataPlacesOf(client)
  const named: unknown[] = places.flatMap(({ document }) => document?.authorization_servers ?? [])
  const issuers = [...new Set([...named, modelJwt(client).claims.iss, origin])].filter(isAddress)
  const documents = await Promise.all(
    issuers.flatMap(metadataOf).map(async (url) => (mayAsk(client, url) ? issuerDocument(client, url) : undefined)),
  )
  const sets = [...new Set(documents.map((one) => one?.document?.jwks_uri))].filter(isAddress)
  const keys = await Promise.all(sets.filter((url) => mayAsk(client, url)).map((url) => keysAt(client, url)))
  const elsewhere = [...sets, ...issuers].find((url) => !mayAsk(client, url))
  return { keys: keys.flat(), ...(elsewhere ? { elsewhere } : {}) }
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:/i.test(value)
}

function mayAsk({ facts }: Client, url: string): boolean {
  return new URL(url).origin === new URL(facts.url).origin || (isLoopback(url) && isLoopback(facts.url))
}

/** Where an issuer may publish its metadata. RFC 8414 section 3.1, OpenID Connect Discovery section 4. */
function metadataOf(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  const names = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']
  return [...new Set([...names.map((name) => origin + name + path), `${origin}${path}${names[1]}`])]
}

async function keysAt(client: Client, url: string): Promise<PublicKey[]> {
  return keysIn((await askOpenly(client, url)).text)
}

/** The keys of a JSON Web Key Set that verify signatures. RFC 7517 section 5. */
export function keysIn(text: string): PublicKey[] {
  const set = parseJson(text)
  const keys: unknown[] = isObject(set) && Array.isArray(set.keys) ? set.keys : []
  return keys.filter(isObject).flatMap((jwk) => (jwk.use === 'enc' ? [] : readKey(jwk)))
}

function readKey(jwk: Record<string, any>): PublicKey[] {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const pem = key.export({ type: 'spki', format: 'pem' }).toString()
    const der = key.export({ type: 'spki', format: 'der' })
    const rsa = jwk.kty === 'RSA' ? { 'PEM, PKCS #1': key.export({ type: 'pkcs1', format: 'pem' }) } : {}
    const forms = {
      PEM: pem,
      'PEM without the last line break': pem.trimEnd(),
      DER: der,
      'DER in base64': der.toString('base64'),
      ...rsa,
      'JSON Web Key': JSON.stringify(jwk),
      'its bare number': Buffer.from(jwk.n ?? jwk.x, 'base64url'),
    }
    return [{ jwk, forms }]
  } catch {
    // A secret, or a kind of key that Node.js does not know.
    return []
  }
}

/** A fault: a server that verifies HS256 with what it keeps as key, which is the public one. */
export function takesPublicKeyForSecret(): Fault {
  const secrets: (string | Buffer)[] = []
  const hole = letIn((_request, shown) => {
    const token = jwtIn(shown)
    const fits = (secret: string | Buffer) =>
      createHmac('sha256', secret)
        .update(token?.signed ?? '')
        .digest('base64url') === token?.signature
    return token?.header.alg === 'HS256' && secrets.some(fits)
  })()
  return {
    ...hole,
    reply(reply, request) {
      secrets.push(...keysIn(reply.body ?? '').map(({ forms }) => forms.PEM!))
      return hole.reply?.(reply, request)
    },
  }
}
