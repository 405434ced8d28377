import { expect, it } from 'vitest'
import type { Reply } from './engine.js'
import { latencyOf } from './histogram.js'
import { Recorder } from './recorder.js'
import type { SecondTally } from './tally.js'

function recording(closed = true) {
  const seconds: SecondTally[] = []
  const recorder = new Recorder(
    closed,
    () => ({ connections: 3, waiting: 2, streams: 1 }),
    (second) => seconds.push(second),
  )
  const calls = recorder.phase('tools/call', true)
  const good = (endedAt: number, { sentAt = endedAt - 5, from = 0, firstEventAt = 0 } = {}) => {
    const times = { sentAt, firstByteAt: sentAt + 2, firstEventAt, endedAt }
    const reply: Reply = { status: 200, headers: [], body: Buffer.alloc(0), bytes: 100, ...times }
    recorder.good(calls, reply, from, 300)
  }
  const failed = (at: number, message = 'no') =>
    recorder.failed(calls, 'rpc-error', at, {
      message,
      example: () => ({ message }),
      bytes: { sent: 300, received: 50 },
      counts: true,
    })
  return { recorder, calls, good, failed, seconds }
}

it('puts each answer into the second and the stage in which it ended, however late somebody looks', () => {
  const { recorder, good, failed, seconds } = recording()
  recorder.start(1000, 4000)
  good(1500)
  good(2100)
  failed(2200)
  recorder.tick(2300)
  expect(seconds).toHaveLength(1)
  const first = recorder.closeStage(2500)
  good(3900)
  good(4000)
  recorder.stop(4000)
  const second = recorder.closeStage(4000)
  expect(seconds.map(({ count, failed }) => [count, failed])).toEqual([
    [1, 0],
    [1, 1],
    [2, 0],
  ])
  expect(seconds[0]).toMatchObject({ connections: 3, waiting: 2, streams: 1 })
  expect([first, second].map(({ count, failed, seconds }) => [count, failed, seconds])).toEqual([
    [2, 1, 1.5],
    [2, 0, 1.5],
  ])
  expect(first.latency.totalCount).toBe(2)
  expect(recorder.tally.phases['tools/call']).toMatchObject({ count: 4, errors: { 'rpc-error': 1 } })
  expect(recorder.tally.measured).toBe(3)
})

it('gives the rest of a second a row where it is long enough to say anything', () => {
  for (const [ends, rows] of [
    [3050, 2],
    [3500, 3],
  ] as const) {
    const { recorder, good, seconds } = recording()
    recorder.start(1000, ends)
    good(ends - 10)
    recorder.stop(ends)
    expect(seconds).toHaveLength(rows)
    expect(seconds.at(-1)!.count).toBe(1)
  }
})

it('keeps response time apart from service time in an open loop only', () => {
  const open = recording(false)
  open.recorder.start(1000, 9000)
  open.good(2000, { sentAt: 1990, from: 1500 })
  expect(latencyOf(open.recorder.stop(9000).phases['tools/call']!.latency)!.p50).toBeCloseTo(500, 0)
  expect(latencyOf(open.calls.tally.service)!.p50).toBeCloseTo(10, 1)
  const closed = recording()
  closed.recorder.start(1000, 9000)
  closed.good(2000, { sentAt: 1990 })
  const { latency, service, firstByte, firstEvent } = closed.recorder.stop(9000).phases['tools/call']!
  expect(latencyOf(latency)).toEqual(latencyOf(service))
  expect(latencyOf(firstByte)!.p50).toBeCloseTo(2, 2)
  expect(latencyOf(firstEvent)).toBeUndefined()
})

it('keeps the first example of a kind, and the bytes of all', () => {
  const { recorder, calls, good, failed } = recording()
  recorder.start(1000, 9000)
  failed(1234, 'the first')
  failed(1300, 'the second')
  good(1400, { firstEventAt: 1398 })
  expect(calls.tally.examples['rpc-error']).toEqual({ second: 0.23, message: 'the first' })
  expect(calls.tally).toMatchObject({ sent: 900, received: 200, errors: { 'rpc-error': 2 } })
  expect(recorder.stop(9000).answers).toBe('sse')
})

it('has no phase that was not used, and counts before the clock starts into phases alone', () => {
  const { recorder, good, seconds } = recording()
  recorder.phase('DELETE', false)
  good(500)
  recorder.start(1000, 2000)
  recorder.stop(2000)
  expect(Object.keys(recorder.tally.phases)).toEqual(['tools/call'])
  expect(seconds).toHaveLength(1)
})
