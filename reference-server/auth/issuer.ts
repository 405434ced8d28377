import { randomUUID } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose'

const ALGORITHM = 'ES256'
const TYPE = 'at+jwt'

/** What an access token is to say. */
export interface Grant {
  subject: string
  clientId: string
  scope: string
  /** The resource the token is for. */
  audience: string
  /** Seconds from now; negative for a token that has expired already. */
  lifetime: number
}

/** Signs and verifies access tokens (RFC 9068) with a key that lives as long as the process. */
export class Issuer {
  /** The issuer identifier. */
  readonly url: string
  /** The public key set. */
  readonly jwks: { keys: JWK[] }
  readonly #keys: { privateKey: CryptoKey; publicKey: CryptoKey }

  private constructor(url: string, keys: { privateKey: CryptoKey; publicKey: CryptoKey }, jwk: JWK) {
    this.url = url
    this.#keys = keys
    this.jwks = { keys: [jwk] }
  }

  /** An issuer with a new key. */
  static async create(url: string): Promise<Issuer> {
    const keys = await generateKeyPair(ALGORITHM)
    const jwk = await exportJWK(keys.publicKey)
    return new Issuer(url, keys, { ...jwk, kid: randomUUID(), alg: ALGORITHM, use: 'sig' })
  }

  /** A signed access token. */
  sign({ subject, clientId, scope, audience, lifetime }: Grant): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ client_id: clientId, scope })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: this.jwks.keys[0]!.kid! })
      .setIssuer(this.url)
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt(Math.min(now, now + lifetime))
      .setExpirationTime(now + lifetime)
      .setJti(randomUUID())
      .sign(this.#keys.privateKey)
  }

  /** The claims of a token of this issuer for this audience; rejects for any other, expired or unsigned one. */
  async verify(token: string, audience: string): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, this.#keys.publicKey, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: this.url,
      audience,
      requiredClaims: ['exp', 'sub', 'scope'],
    })
    return payload
  }
}
