import { describe, expect, it } from 'vitest'
import { Reply } from '../wire/reply.js'
import { challengeOf, challengesOf } from './challenge.js'

function refusal(...values: string[]): Reply {
  const reply = new Reply(0, { bytes: 1000, hasRoom: () => true }, () => {})
  reply.head(
    401,
    values.map((value) => ['WWW-Authenticate', value]),
  )
  return reply
}

describe('challenges', () => {
  it('are read with their parameters, quoted and bare, escapes included', () => {
    const reply = refusal('Bearer realm="a, \\"b\\"", error=invalid_token , scope="x y"')
    expect(challengesOf(reply)).toEqual({
      challenges: [{ scheme: 'Bearer', params: { realm: 'a, "b"', error: 'invalid_token', scope: 'x y' } }],
      wellFormed: true,
    })
  })

  it('may be several, in one field or in two, with or without parameters', () => {
    const schemes = (...values: string[]) => challengesOf(refusal(...values)).challenges.map((one) => one.scheme)
    expect(schemes('Basic realm="x", Bearer realm="y"')).toEqual(['Basic', 'Bearer'])
    expect(schemes('Negotiate', 'Bearer')).toEqual(['Negotiate', 'Bearer'])
    expect(schemes('Negotiate, Bearer realm="y"')).toEqual(['Negotiate', 'Bearer'])
    expect(challengesOf(refusal('Negotiate YII=, Bearer realm="y"')).wellFormed).toBe(true)
  })

  it('are read although they are not quoted, and reported', () => {
    const reply = refusal('Bearer resource_metadata=https://a.example/x, scope="y"')
    expect(challengeOf(reply, 'bearer')?.params).toEqual({ resource_metadata: 'https://a.example/x', scope: 'y' })
    expect(challengesOf(reply).wellFormed).toBe(false)
    expect(challengesOf(refusal('Bearer realm="x" error="y"')).wellFormed).toBe(false)
  })

  it('are none where there is no field', () => {
    expect(challengesOf(refusal())).toEqual({ challenges: [], wellFormed: true })
  })
})
