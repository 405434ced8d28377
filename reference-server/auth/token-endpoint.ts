import express, { type Request, type RequestHandler, type Response } from 'express'
import type { Issuer } from './issuer.js'
import { resourceIdentifier } from './resource-identifier.js'
import { READ_SCOPE } from './scopes.js'
import { sameSecret } from './secret.js'

const LIFETIME_SECONDS = 3600

/** A client that may ask for tokens. Its secret is published in the README: this issuer guards made-up weather. */
interface DemoClient {
  secret: string
  user: string
  scopes: readonly string[]
}

const CLIENTS: ReadonlyMap<string, DemoClient> = new Map([
  ['demo-alice', { secret: 'alice-demo-secret', user: 'alice', scopes: ['weather:read', 'weather:write'] }],
  ['demo-bob', { secret: 'bob-demo-secret', user: 'bob', scopes: ['weather:read'] }],
])

class TokenError extends Error {
  readonly status: number

  constructor(error: string, status = 400) {
    super(error)
    this.status = status
  }
}

function clientOf(req: Request, form: Record<string, unknown>): { id: string; client: DemoClient } {
  const [, basic] = /^basic (\S+)$/i.exec(req.get('authorization') ?? '') ?? []
  const [id, secret] = basic
    ? Buffer.from(basic, 'base64').toString('utf8').split(':', 2)
    : [form.client_id, form.client_secret]
  const client = typeof id === 'string' ? CLIENTS.get(id) : undefined
  if (typeof id !== 'string' || typeof secret !== 'string' || !client || !sameSecret(secret, client.secret))
    throw new TokenError('invalid_client', 401)
  return { id, client }
}

async function grant(req: Request, issuer: Issuer, resource: string) {
  const form = (req.body ?? {}) as Record<string, unknown>
  const { id, client } = clientOf(req, form)
  if (form.grant_type !== 'client_credentials') throw new TokenError('unsupported_grant_type')
  if (form.resource !== undefined && resourceIdentifier(String(form.resource)) !== resource)
    throw new TokenError('invalid_target')
  const scope = typeof form.scope === 'string' && form.scope !== '' ? form.scope : READ_SCOPE
  if (!scope.split(' ').every((name) => client.scopes.includes(name))) throw new TokenError('invalid_scope')
  const lifetime = LIFETIME_SECONDS
  const token = await issuer.sign({ subject: client.user, clientId: id, scope, audience: resource, lifetime })
  return { access_token: token, token_type: 'Bearer', expires_in: lifetime, scope }
}

/** POST /token with grant_type client_credentials (RFC 6749 section 4.4) and resource (RFC 8707). */
export function tokenEndpoint(issuer: Issuer, resource: string): RequestHandler[] {
  return [
    express.urlencoded({ extended: false, limit: '8kb' }),
    async (req: Request, res: Response) => {
      try {
        res.json(await grant(req, issuer, resource))
      } catch (error) {
        if (!(error instanceof TokenError)) throw error
        if (error.status === 401) res.set('WWW-Authenticate', 'Basic realm="weather"')
        res.status(error.status).json({ error: error.message })
      }
    },
  ]
}
