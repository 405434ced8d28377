import { expect, it } from 'vitest'
import { record } from './histogram.js'
import { type LastMoment, obstacleAtEnd } from './obstacle.js'
import { emptyPhase, emptyTally, type PhaseTally } from './tally.js'

const fine: LastMoment = {
  startedAt: 1000,
  endedAt: 11_000,
  connected: 4,
  wanted: 4,
  lastReplyAt: 10_990,
  connectError: undefined,
  inFlight: 4,
}

function sentence(moment: Partial<LastMoment>, phase: Partial<PhaseTally> = {}, slowestMs = 50): string | undefined {
  const tally = emptyTally(0)
  const call = { ...emptyPhase(), count: 100, ...phase }
  record(call.service, slowestMs)
  tally.phases['tools/call'] = call
  return obstacleAtEnd(tally, { ...fine, ...moment })
}

it('there is none where answers came to the end, or nothing was asked at the end', () => {
  expect(sentence({})).toBeUndefined()
  expect(sentence({ lastReplyAt: 4000, inFlight: 0, connected: 0, wanted: 0 })).toBeUndefined()
})

it('a server is gone when no connection came up again after its last answer', () => {
  const connectError = { at: 9000, message: 'connect ECONNREFUSED' }
  const gone = { connected: 0, lastReplyAt: 4000, inFlight: 0 }
  expect(sentence({ ...gone, connectError })).toBe('The server was gone after 3.0 s: connect ECONNREFUSED.')
  expect(sentence({ ...gone, connected: 1, connectError })).toBeUndefined()
  expect(sentence({ ...gone, connectError: { ...connectError, at: 3000 } })).toBeUndefined()
})

it('a server is silent when nothing came for longer than its answers ever took', () => {
  const silent = { lastReplyAt: 8000 }
  expect(sentence(silent)).toBe('The server stopped answering after 7.0 s, with 4 requests on their way.')
  expect(sentence({ lastReplyAt: 10_001 })).toBeUndefined()
  expect(sentence({ lastReplyAt: 9_990 }, {}, 20)).toContain('stopped answering after 9.0 s')
  expect(sentence(silent, {}, 1100)).toBeUndefined()
})

it('nothing good is told with the first failure, or with how long was waited', () => {
  const examples = {
    timeout: { second: 3, message: 'too late' },
    'http-status': { second: 0.5, message: 'status 500' },
  }
  const phase = { count: 0, errors: { timeout: 3, 'http-status': 2 }, examples }
  expect(sentence({}, phase)).toBe('None of 5 tools/call requests was answered as it should be; the first: status 500.')
  expect(sentence({ lastReplyAt: 0 }, { count: 0 })).toBe('Not one request was answered within 10.0 s.')
})
