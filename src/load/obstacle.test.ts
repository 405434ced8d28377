import { expect, it } from 'vitest'
import { addTally } from './add-tally.js'
import { record } from './histogram.js'
import { obstacleOf } from './obstacle.js'
import { type Circumstances, emptyPhase, emptyTally, type PhaseTally, type Tally } from './tally.js'

const untilTheEnd = {
  connected: 4,
  wanted: 4,
  inFlight: 4,
  waiting: 0,
  lastReply: 9.99,
  lastGood: 9.99,
  failedSince: 0,
}

/** What four connections come to that were answered until the end of ten seconds, and what differs from it. */
function tallyOf(circumstances: Partial<Circumstances>, phase: Partial<PhaseTally> = {}, slowestMs = 50): Tally {
  const call = { ...emptyPhase(), count: 100, ...phase }
  record(call.service, slowestMs)
  return {
    ...emptyTally(0),
    measured: 10,
    phases: { 'tools/call': call },
    circumstances: { ...untilTheEnd, sessions: { asked: 4, ready: 4 }, ...circumstances },
  }
}

const sentence = (...args: Parameters<typeof tallyOf>) => obstacleOf(tallyOf(...args))

it('there is none where answers came to the end, or nothing was asked at the end', () => {
  expect(sentence({})).toBeUndefined()
  expect(sentence({ lastReply: 3, lastGood: 3, inFlight: 0, connected: 0, wanted: 0 })).toBeUndefined()
})

it('a server is gone when no connection came up again after its last answer', () => {
  const connectError = { second: 8, message: 'connect ECONNREFUSED' }
  const gone = { connected: 0, lastReply: 3, inFlight: 0 }
  expect(sentence({ ...gone, connectError })).toBe('The server was gone after 3.0 s: connect ECONNREFUSED.')
  expect(sentence({ ...gone, connected: 1, connectError })).toBeUndefined()
  expect(sentence({ ...gone, connectError: { ...connectError, second: 2 } })).toBeUndefined()
})

it('a server is silent when nothing came for longer than its answers ever took', () => {
  const silent = { lastReply: 7, lastGood: 7 }
  expect(sentence(silent)).toBe('The server stopped answering after 7.0 s, with 4 requests unanswered.')
  expect(sentence({ lastGood: 9.001 })).toBeUndefined()
  expect(sentence({ lastReply: 8.99, lastGood: 8.99 }, {}, 20)).toContain('stopped answering after 9.0 s')
  expect(sentence(silent, {}, 1100)).toBeUndefined()
})

it('a server that answers is no better when no answer is good any more, be it only that it opens no session', () => {
  const refusing = { lastReply: 9.9, lastGood: 6, inFlight: 0, failedSince: 3, lastFailure: 'status 503' }
  expect(sentence(refusing)).toBe('No good answer came after 6.0 s: status 503.')
  expect(sentence({ ...refusing, lastGood: 9.5 })).toBeUndefined()
  expect(sentence({ ...refusing, failedSince: 0, lastReply: 6, waiting: 7 })).toContain(
    'stopped answering after 6.0 s, with 7',
  )
})

it('nothing good is told with the first failure, or with how long was waited', () => {
  const examples = {
    timeout: { second: 3, message: 'too late' },
    'http-status': { second: 0.5, message: 'status 500' },
  }
  const phase = { count: 0, errors: { timeout: 3, 'http-status': 2 }, examples }
  expect(sentence({}, phase)).toBe('None of 5 tools/call requests was answered as it should be; the first: status 500.')
  expect(sentence({ lastReply: -1 }, { count: 0 })).toBe('Not one request was answered within 10.0 s.')
})

it('sessions that could not be opened are told of, those of all threads together', () => {
  const threads = [2, 0].map((ready) => tallyOf({ sessions: { asked: 5, ready, failure: 'status 503' } }))
  addTally(threads[0]!, threads[1]!)
  expect(obstacleOf(threads[0]!)).toBe('Only 2 of 10 sessions could be opened: status 503.')
  const none = { ...tallyOf({ sessions: { asked: 5, ready: 0 } }), measured: 0, phases: {} }
  expect(obstacleOf(none)).toBe('Not one of 5 sessions could be opened: no answer in time.')
  const shared = { ...tallyOf({ sessions: { asked: 1, ready: 0, failure: 'status 401' } }), measured: 0 }
  expect(obstacleOf(shared)).toBe('The session could not be opened: status 401.')
})

it('a server that cannot be reached at all is told of', () => {
  const connectError = { second: -0.5, message: 'connect ECONNREFUSED' }
  expect(obstacleOf({ ...tallyOf({ connected: 0, connectError }), measured: 0, phases: {} })).toBe(
    'No connection could be made: connect ECONNREFUSED.',
  )
})
