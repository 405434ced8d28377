import { bearerToken } from './bearer.js'
import type { Authenticator } from './caller.js'
import { Challenger } from './challenge.js'
import { type KnownUser, sameSecret } from './secret.js'

/** `Authorization: Bearer <WEATHER_API_KEY>`; the key tells the user. All keys are compared, found or not. */
export function apiKeys(users: readonly KnownUser[]): Authenticator {
  const challenger = new Challenger()
  return {
    async authenticate(req) {
      const token = bearerToken(req, challenger)
      const [user] = users.filter(({ key }) => sameSecret(key, token))
      if (!user) throw challenger.refusal('invalid_token')
      return { principal: user.name }
    },
    authorize: () => {},
  }
}
