import { describe, expect, it } from 'vitest'
import type { Facts } from '../wire/facts.js'
import { chooseMode, refuseChurn } from './choose-mode.js'
import type { Profile } from './profile.js'

const url = 'http://a/mcp'
const facts = { url, transport: 'streamable-http', sessions: true } as Facts
const plain = { ...facts, sessions: false }
const old: Facts = { ...facts, transport: 'http+sse' }
const modern = { url, transport: 'streamable-http', modern: {} } as Facts

describe('the mode', () => {
  it.each([
    ['stateful', 'auto', { facts, modern }],
    ['stateless', 'auto', { facts: plain, modern }],
    ['modern', 'auto', { modern }],
    ['modern', 'auto', { facts: old, modern }],
    ['modern', 'modern', { facts, modern }],
    ['stateless', 'stateless', { facts, modern }],
  ] as const)('is %s for %s', (mode, asked, detection) => {
    expect(chooseMode(detection, asked)).toEqual({ mode, facts: mode === 'modern' ? modern : detection.facts })
  })

  it.each([
    ['modern', { facts }, /^--mode modern: http:\/\/a\/mcp does not serve revision 2026-07-28 .* leave --mode out$/],
    [
      'stateful',
      { modern },
      /^--mode stateful: http:\/\/a\/mcp serves revision 2026-07-28 alone, .* or choose modern$/,
    ],
    ['stateless', { modern }, /^--mode stateless: .* which has neither handshake nor sessions/],
    ['stateful', { facts: plain, modern }, /^--mode stateful: http:\/\/a\/mcp issues no sessions/],
  ] as const)('%s is a usage error where it is not served', (asked, detection, words) => {
    expect(() => chooseMode(detection as Parameters<typeof chooseMode>[0], asked)).toThrow(words)
  })

  it('is none where there is an obstacle, or HTTP+SSE alone', () => {
    const obstacle = { kind: 'credentials', message: 'no' } as const
    expect(chooseMode({ facts, obstacle }, 'modern')).toEqual({ facts, obstacle })
    expect(chooseMode({ facts: old }).obstacle?.message).toContain('HTTP+SSE transport of 2024-11-05')
  })
})

it('a session per request is refused in mode modern, by the name of what asked for it', () => {
  const steady: Profile = { description: '', loop: 'closed', stages: [] }
  const churn: Profile = { ...steady, session: 'per-request' }
  expect(() => refuseChurn('modern', 'churn', churn, undefined)).toThrow(
    /^--profile churn: a session per request needs/,
  )
  expect(() => refuseChurn('modern', 'steady', steady, 'per-request')).toThrow(/^--session per-request: /)
  for (const [mode, profile, asked] of [
    ['modern', steady, undefined],
    ['modern', churn, 'shared'],
    ['stateless', churn, undefined],
  ] as const)
    expect(() => refuseChurn(mode, 'churn', profile, asked)).not.toThrow()
})
