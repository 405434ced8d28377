import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Compares in a time that depends on neither secret. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (secret: string) => createHash('sha256').update(secret).digest()
  return timingSafeEqual(digest(left), digest(right))
}

/** The configured secret, or a fresh random one where none is configured. */
export function secretFrom(configured: string | undefined): string {
  return configured?.trim() || `wk_${randomBytes(24).toString('base64url')}`
}

/** A user and what proves it. */
export interface KnownUser {
  name: string
  key: string
}

/** The two users of modes apikey and credentials: WEATHER_USER and WEATHER_API_KEY, and a second one. */
export function usersFrom(env: Record<string, string | undefined>): [KnownUser, KnownUser] {
  return [
    { name: env.WEATHER_USER?.trim() || 'first-user', key: secretFrom(env.WEATHER_API_KEY) },
    { name: 'second-user', key: secretFrom(env.WEATHER_SECOND_API_KEY) },
  ]
}
