import { bearerToken } from './bearer.js'
import type { Authenticator } from './caller.js'
import { Challenger } from './challenge.js'
import { type KnownUser, sameSecret } from './secret.js'

/** The environment variables of a STDIO server as one bearer token: their JSON in base64. */
export function encodeCredentials({ name, key }: KnownUser): string {
  return Buffer.from(JSON.stringify({ WEATHER_USER: name, WEATHER_API_KEY: key })).toString('base64')
}

function decode(token: string): KnownUser | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(token)) return undefined
  try {
    const json: unknown = JSON.parse(Buffer.from(token, 'base64').toString('utf8'))
    const { WEATHER_USER: name, WEATHER_API_KEY: key } = (json ?? {}) as Record<string, unknown>
    return typeof name === 'string' && typeof key === 'string' ? { name, key } : undefined
  } catch {
    return undefined
  }
}

/** `Authorization: Bearer base64({"WEATHER_USER":"…","WEATHER_API_KEY":"…"})`; whatever does not decode is 401. */
export function credentials(users: readonly KnownUser[]): Authenticator {
  const challenger = new Challenger()
  return {
    async authenticate(req) {
      const claimed = decode(bearerToken(req, challenger))
      const [user] = users.filter(({ name, key }) => name === claimed?.name && sameSecret(key, claimed.key))
      if (!user) throw challenger.refusal('invalid_token')
      return { principal: user.name }
    },
    authorize: () => {},
  }
}
