import { expect, it } from 'vitest'
import { seededRandom } from '../../test/support/random.js'
import { type FailureKind, failureKinds } from '../report/load.js'
import { addTally } from './add-tally.js'
import { decodeHistogram, latencyOf, record } from './histogram.js'
import { addSecond, rowOf, sealSecond } from './seconds.js'
import { emptyPhase, emptyStretch, emptyTally, failuresOf, type StretchTally, type Tally } from './tally.js'
import { decodeFromThread, encodeForThread } from './tally-transfer.js'

/** Counts answers as a generator does: each falls into a phase, a stage and a second; those with a kind failed. */
interface Answer {
  phase: string
  stage: number
  second: number
  ms: number
  kind?: FailureKind
}

function tallyOf(answers: Answer[]): Tally {
  const tally = emptyTally(1000)
  const running: StretchTally[] = []
  for (const { phase, stage, second, ms, kind } of answers) {
    tally.phases[phase] ??= emptyPhase()
    while (tally.stages.length <= stage) tally.stages.push({ ...emptyStretch(), seconds: 2 })
    while (running.length <= second) running.push(emptyStretch())
    const own = tally.phases[phase]
    const stretches = [tally.stages[stage]!, running[second]!]
    if (kind) {
      own.errors[kind] = (own.errors[kind] ?? 0) + 1
      own.examples[kind] ??= { second, message: `${phase} ${second}` }
      for (const stretch of stretches) stretch.failed++
    } else {
      own.count++
      for (const histogram of [own.latency, own.service, ...stretches.map(({ latency }) => latency)])
        record(histogram, ms)
      for (const stretch of stretches) stretch.count++
    }
    own.sent += 100
    tally.sessions.opened++
    record(tally.lateness, ms / 100)
  }
  tally.seconds = running.map((stretch) => sealSecond(stretch, { connections: 0, waiting: 0, streams: 0 }))
  tally.cpuSeconds = answers.length
  return tally
}

/** All that can be read of a tally, histograms as their distributions. */
function readable(tally: Tally) {
  const phases = Object.entries(tally.phases)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, { latency, service, examples, ...rest }]) => ({
      name,
      ...rest,
      latency: latencyOf(latency),
      service: latencyOf(service),
      examples: Object.fromEntries(Object.entries(examples).map(([kind, example]) => [kind, example.second])),
    }))
  const stages = tally.stages.map(({ latency, ...rest }) => ({ ...rest, latency: latencyOf(latency) }))
  const { lateness, eventLoopDelay, ...rest } = tally
  return {
    ...rest,
    phases: phases.map(({ firstByte, firstEvent, ...phase }) => phase),
    stages,
    lateness: latencyOf(lateness),
  }
}

it('tallies of any number of threads add up to the tally of one, whoever counted what and in whatever order they are added', () => {
  const random = seededRandom(11)
  const pick = (count: number) => Math.floor(random() * count)
  for (let round = 0; round < 10; round++) {
    const answers = Array.from({ length: 20 + pick(300) }, (): Answer => {
      const second = pick(6)
      const failed = random() < 0.2
      return {
        phase: ['tools/call', 'ping', 'initialize'][pick(3)]!,
        stage: Math.floor(second / 2),
        second,
        ms: 10 ** (random() * 6 - 2),
        ...(failed ? { kind: failureKinds[pick(failureKinds.length)]! } : {}),
      }
    }).sort((one, other) => one.second - other.second)
    const threads = Array.from({ length: 1 + pick(5) }, (): Answer[] => [])
    for (const answer of answers) threads[pick(threads.length)]!.push(answer)
    const merged = emptyTally(1000)
    for (const part of threads.sort(() => random() - 0.5))
      addTally(merged, decodeFromThread<Tally>(structuredClone(encodeForThread(tallyOf(part)))))
    expect(readable(merged)).toEqual(readable(tallyOf(answers)))
  }
})

it('keeps the earliest example of a kind', () => {
  const late = tallyOf([{ phase: 'ping', stage: 0, second: 4, ms: 1, kind: 'timeout' }])
  const early = tallyOf([{ phase: 'ping', stage: 0, second: 1, ms: 1, kind: 'timeout' }])
  addTally(late, early)
  expect(late.phases.ping!.examples.timeout!.second).toBe(1)
  expect(failuresOf(late.phases.ping!)).toBe(2)
})

it('takes time as the longest, CPU of the busiest, and what was held elsewhere when a stream was first refused', () => {
  const one = { ...emptyTally(2000), measured: 9.5, opening: 1, busiest: 0.3, occupied: 0.5 }
  const other = { ...emptyTally(1500), measured: 10, opening: 0.5, busiest: 0.9, occupied: 0.4 }
  one.streams.held = 40
  other.firstRefusal = { held: 50, status: 503, message: 'full' }
  addTally(one, other)
  expect(one).toMatchObject({ startedAt: 1500, measured: 10, opening: 1, busiest: 0.9, occupied: 0.5 })
  expect(one.firstRefusal).toEqual({ held: 90, status: 503, message: 'full' })
})

it('adds the same second of two generators, and makes a row of it', () => {
  const running = emptyStretch()
  for (const ms of [1, 2, 3]) record(running.latency, ms)
  const second = sealSecond(
    { ...running, count: 3, failed: 1, errors: { timeout: 1 } },
    { connections: 5, waiting: 2, streams: 1 },
  )
  const sum = addSecond(second, second)
  expect(decodeHistogram(sum.latency).totalCount).toBe(6)
  expect(rowOf(sum, 7)).toEqual({
    second: 7,
    count: 6,
    failed: 2,
    errors: { timeout: 2 },
    p50: 2,
    p99: 3.001,
    connections: 10,
    waiting: 4,
  })
  expect(rowOf(sealSecond(emptyStretch(), { connections: 1, waiting: 0, streams: 4 }), 0, true)).toEqual({
    second: 0,
    count: 0,
    failed: 0,
    connections: 1,
    waiting: 0,
    streams: 4,
  })
})
