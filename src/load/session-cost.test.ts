import { expect, it } from 'vitest'
import { measured } from '../../test/support/loads.js'
import { sealSecond } from './seconds.js'
import { kibPerSession, kibPerSessionLeft } from './session-cost.js'
import { emptyStretch, emptyTally } from './tally.js'

/** A load of `seconds` in which each second opens `perSecond` sessions. */
function churn(seconds: number, perSecond: number) {
  const second = sealSecond({ ...emptyStretch(), count: perSecond }, { connections: 1, waiting: 0, streams: 0 })
  const tally = { ...emptyTally(0), seconds: Array.from({ length: seconds }, () => second) }
  tally.sessions.opened = seconds * perSecond
  return tally
}

it('tells how much a server grows with each session, warming up and noise left aside', () => {
  // 12 KiB per session, 200 a second; 60 MiB of warming up in the first two seconds; ±0.3 MiB of noise.
  const samples = Array.from({ length: 20 }, (_, index) => ({
    cpu: 1,
    rss: 50 + Math.min(index + 1, 2) * 30 + ((index + 1) * 200 * 12) / 1024 + (index % 2 ? 0.3 : -0.3),
  }))
  const cost = kibPerSession(churn(20, 200), samples)!
  expect(Math.abs(cost - 12)).toBeLessThan(0.3)
})

it('shows no growth of a server whose memory falls by as much as it grows', () => {
  const readings = (falls: number) =>
    Array.from({ length: 20 }, (_, index) => ({ cpu: 1, rss: 100 + index - (index >= 10 && index < 14 ? falls : 0) }))
  expect(kibPerSession(churn(20, 200), readings(30))).toBe(0)
  expect(kibPerSession(churn(20, 200), readings(3))).toBeGreaterThan(4)
})

it('tells nothing of too few sessions, too few readings, or a process that could not be read', () => {
  const samples = Array.from({ length: 20 }, (_, index) => ({ cpu: 1, rss: index }))
  expect(kibPerSession(churn(20, 1), samples)).toBeUndefined()
  expect(kibPerSession(churn(9, 200), samples)).toBeUndefined()
  expect(kibPerSession(churn(20, 200), [])).toBeUndefined()
  expect(kibPerSession(emptyTally(0), samples)).toBeUndefined()
})

it('of a warm server counts from its start to its end', () => {
  const server = { pid: 1, cpu: 1, cpuMsPerRequest: 1, rss: { start: 100, end: 150, max: 160 } }
  const sessions = { opened: 1000, lost: 0, closed: 0, left: 1000 }
  expect(kibPerSessionLeft(measured({ server, sessions }))).toBe(51.2)
  expect(kibPerSessionLeft(measured({ sessions }))).toBeUndefined()
  expect(kibPerSessionLeft(measured({ server, sessions: { ...sessions, left: 9 } }))).toBeUndefined()
})
