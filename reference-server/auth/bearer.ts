import type { Request } from 'express'
import type { Challenger } from './challenge.js'

/**
 * The bearer token of a request; the query string is never looked at (OAuth 2.1 section 5.1). The scheme is
 * case-insensitive. Throws 401 when there is no token, 400 for several Authorization headers or a broken one
 * (auth-400-malformed).
 */
export function bearerToken(req: Request, challenger: Challenger): string {
  // Node keeps the first of several Authorization headers and drops the rest without a word.
  const given = req.headersDistinct.authorization ?? []
  if (given.length > 1) throw challenger.refusal('invalid_request')
  const [scheme, ...parts] = (given[0] ?? '').split(' ').filter((part) => part !== '')
  if (scheme?.toLowerCase() !== 'bearer' || parts.length === 0) throw challenger.refusal()
  const [token] = parts
  if (parts.length > 1 || token === undefined || /[,\s]/.test(token)) throw challenger.refusal('invalid_request')
  return token
}
