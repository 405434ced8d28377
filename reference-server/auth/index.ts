import { Router } from 'express'
import { methodNotAllowed } from '../http/refusal.js'
import type { ReferenceTokens } from '../options.js'
import { endpointPath, type Settings } from '../settings.js'
import { apiKeys } from './api-key.js'
import { type Authenticator, openToAll } from './caller.js'
import { credentials, encodeCredentials } from './credentials.js'
import type { Issuer } from './issuer.js'
import { metadataDocuments, resourceMetadataPath } from './metadata.js'
import { oauth } from './oauth.js'
import { resourceIdentifier } from './resource-identifier.js'
import { SCOPES } from './scopes.js'
import { usersFrom } from './secret.js'
import { tokenEndpoint } from './token-endpoint.js'

const HALF_A_DAY = 12 * 3600

/** How a server authenticates, the tokens to do it with, and what it publishes without asking for one. */
export interface Auth {
  authenticator: Authenticator
  tokens?: ReferenceTokens
  publicRoutes?: Router
}

/** Sets up the auth mode of the settings. */
export async function authFor(settings: Settings): Promise<Auth> {
  if (settings.auth === 'none') return { authenticator: openToAll }
  if (settings.auth === 'oauth') return oauthFor(settings)
  const users = usersFrom(settings.env)
  const [first, second] = users
  if (settings.auth === 'apikey')
    return { authenticator: apiKeys(users), tokens: { valid: first.key, second: second.key } }
  const tokens = { valid: encodeCredentials(first), second: encodeCredentials(second) }
  return { authenticator: credentials(users), tokens }
}

async function oauthFor({ publicUrl, mode }: Settings): Promise<Auth> {
  const { Issuer } = await import('./issuer.js')
  const issuer = await Issuer.create(publicUrl.origin)
  const resource = resourceIdentifier(publicUrl)!
  const publicRoutes = Router()
  for (const [path, document] of metadataDocuments(issuer, resource, endpointPath(mode))) {
    publicRoutes.get(path, (_req, res) => void res.json(document))
    publicRoutes.all(path, methodNotAllowed(['GET', 'HEAD']))
  }
  publicRoutes.post('/token', tokenEndpoint(issuer, resource))
  publicRoutes.all('/token', methodNotAllowed(['POST']))
  const metadataUrl = new URL(resourceMetadataPath(resource), publicUrl).href
  const authenticator = oauth(issuer, resource, metadataUrl)
  return { authenticator, tokens: await tokensOf(issuer, resource), publicRoutes }
}

async function tokensOf(issuer: Issuer, resource: string): Promise<ReferenceTokens> {
  const scope = SCOPES.join(' ')
  const alice = { subject: 'alice', clientId: 'demo-alice', scope, audience: resource, lifetime: HALF_A_DAY }
  const bob = { ...alice, subject: 'bob', clientId: 'demo-bob', scope: 'weather:read' }
  return {
    valid: await issuer.sign(alice),
    second: await issuer.sign(bob),
    expired: await issuer.sign({ ...alice, lifetime: -3600 }),
    wrongAudience: await issuer.sign({ ...alice, audience: new URL('/other', resource).href }),
    insufficientScope: await issuer.sign({ ...alice, scope: 'profile' }),
  }
}
