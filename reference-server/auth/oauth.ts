import { isRequest } from '../http/message.js'
import { bearerToken } from './bearer.js'
import type { Authenticator } from './caller.js'
import { Challenger } from './challenge.js'
import type { Issuer } from './issuer.js'
import { READ_SCOPE, scopesFor, scopesOf } from './scopes.js'

/**
 * The resource server: takes JWTs of one issuer for one resource (auth-audience-validated). Insufficient scope is 403
 * with a challenge that names all scopes the operation needs (auth-insufficient-scope-names-scopes).
 */
export function oauth(issuer: Issuer, resource: string, metadataUrl: string): Authenticator {
  const challenger = new Challenger({ scope: READ_SCOPE, resource_metadata: metadataUrl })
  return {
    async authenticate(req) {
      const token = bearerToken(req, challenger)
      const claims = await issuer.verify(token, resource).catch(() => {
        throw challenger.refusal('invalid_token')
      })
      const scopes = scopesOf(String(claims.scope))
      if (!scopes.has(READ_SCOPE)) throw challenger.refusal('insufficient_scope')
      return { principal: claims.sub!, scopes }
    },
    authorize({ scopes }, messages) {
      for (const message of messages) {
        const needed = scopesFor(message)
        if (needed.every((scope) => scopes?.has(scope))) continue
        const id = isRequest(message) && messages.length === 1 ? message.id : undefined
        throw challenger.refusal('insufficient_scope', { scope: needed.join(' ') }, id)
      }
    },
  }
}
