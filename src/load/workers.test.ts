import { once } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { latencyOf, record } from './histogram.js'
import type { LoadPlan } from './plan.js'
import { sealSecond } from './seconds.js'
import { type Generate, serveThread } from './serve-thread.js'
import { emptyPhase, emptyStretch, emptyTally, type GeneratorEvent } from './tally.js'
import { eventsFrom, type Spawn } from './thread.js'
import { generateOnThreads } from './workers.js'

const plan: LoadPlan = {
  url: 'http://localhost/mcp',
  profileName: 'steady',
  profile: { description: '', loop: 'closed', stages: [{ seconds: 3, connections: 4 }] },
  mode: 'stateless',
  session: 'shared',
  revision: '2025-06-18',
  requests: [{ method: 'ping' }],
  headers: [],
  secrets: [],
  thresholds: [],
  timeoutMs: 1000,
  workers: 3,
}

/** Runs each share in this thread, through a real port, with `generate` making the load. */
function spawning(generate: Generate, ended: number[] = []): Spawn {
  return (share) => {
    const { port1, port2 } = new MessageChannel()
    serveThread(port1, share, generate).catch(() => port1.close())
    return {
      events: eventsFrom(port2, 'close'),
      tell: (message) => port2.postMessage(message),
      async end() {
        ended.push(share.thread!.index)
        port1.close()
      },
    }
  }
}

/** Counts `ms` = 1, 2, 3 … of its share: every `of`-th number up to 300, a hundred a second; ends early when told to. */
async function* counting(
  { thread }: LoadPlan,
  signal: AbortSignal,
  start = async () => {},
): AsyncGenerator<GeneratorEvent> {
  const { index, of } = thread!
  yield { type: 'opened', sessions: 1, seconds: index }
  await start()
  const tally = { ...emptyTally(1000 + index), measured: 3, busiest: index / 10 }
  const phase = emptyPhase()
  const stage = { ...emptyStretch(), seconds: 3 }
  for (let second = 0; second < 3 && !signal.aborted; second++) {
    const running = emptyStretch()
    for (let ms = second * 100 + 1; ms <= (second + 1) * 100; ms++)
      if (ms % of === index) {
        for (const { latency } of [phase, stage, running]) record(latency, ms)
        for (const counted of [phase, stage, running]) counted.count++
      }
    const sealed = sealSecond(running, { connections: 1, waiting: 0, streams: 0 })
    tally.seconds.push(sealed)
    yield { type: 'second', second: sealed, index: second, stage: 0, secondsLeft: 2 - second }
  }
  yield { type: 'stage', stage: 0, tally: stage }
  yield { type: 'done', tally: { ...tally, phases: { ping: phase } } }
}

async function collect(events: AsyncIterable<GeneratorEvent>): Promise<GeneratorEvent[]> {
  const all: GeneratorEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

const forever = new AbortController().signal

it('tells of three threads as of one: nothing is lost and percentiles are those of all together', async () => {
  const order: string[] = []
  const ended: number[] = []
  const start = async () => {
    order.push('start')
  }
  const events = await collect(generateOnThreads(plan, forever, start, spawning(counting, ended)))
  expect(events.map(({ type }) => type)).toEqual(['opened', 'second', 'second', 'second', 'stage', 'done'])
  expect(events[0]).toEqual({ type: 'opened', sessions: 3, seconds: 2 })
  expect(events[2]).toMatchObject({ index: 1, secondsLeft: 1, second: { count: 100, connections: 3 } })
  const done = events.at(-1)
  if (done?.type !== 'done') throw new Error('no end')
  const one = emptyStretch()
  for (let ms = 1; ms <= 300; ms++) record(one.latency, ms)
  expect(latencyOf(done.tally.phases.ping!.latency)).toEqual(latencyOf(one.latency))
  expect(done.tally).toMatchObject({ startedAt: 1000, measured: 3, busiest: 0.2, phases: { ping: { count: 300 } } })
  expect(done.tally.seconds.map(({ count }) => count)).toEqual([100, 100, 100])
  expect(order).toEqual(['start'])
  expect(ended.sort()).toEqual([0, 1, 2])
})

it('starts no clock before the last session is open', async () => {
  const events: string[] = []
  const slow: Generate = async function* (share, signal, start = async () => {}) {
    for await (const event of counting(share, signal, async () => {
      await start()
      events.push(`clock ${share.thread!.index}`)
    })) {
      if (event.type === 'opened' && share.thread!.index === 1) await new Promise((resolve) => setTimeout(resolve, 50))
      if (event.type === 'opened') events.push('opened')
      yield event
    }
  }
  await collect(generateOnThreads(plan, forever, async () => void events.push('start'), spawning(slow)))
  expect(events.slice(0, 4)).toEqual(['opened', 'opened', 'opened', 'start'])
  expect(events.slice(4).sort()).toEqual(['clock 0', 'clock 1', 'clock 2'])
})

it('hands a stop on to every thread and still tells what was counted', async () => {
  const controller = new AbortController()
  const waiting: Generate = async function* (share, signal, start) {
    for await (const event of counting(share, signal, start)) {
      yield event
      if (event.type === 'second') {
        if (!signal.aborted) await once(signal, 'abort')
      }
    }
  }
  const types: string[] = []
  for await (const event of generateOnThreads(plan, controller.signal, undefined, spawning(waiting))) {
    types.push(event.type)
    if (event.type === 'second') controller.abort()
    if (event.type === 'done') expect(event.tally.phases.ping!.count).toBe(100)
  }
  expect(types).toEqual(['opened', 'second', 'stage', 'done'])
})

it('a thread that dies ends the load, and is told of', async () => {
  const mortal: Generate = async function* (share, signal, start) {
    for await (const event of counting(share, signal, start)) {
      if (event.type === 'second' && event.index === 1) {
        if (share.thread!.index === 1) throw new Error('out of memory')
        await once(signal, 'abort')
      }
      yield event
    }
  }
  const events = await collect(generateOnThreads(plan, forever, undefined, spawning(mortal)))
  const done = events.at(-1)
  if (done?.type !== 'done') throw new Error('no end')
  expect(done.tally.obstacle).toMatch(/^Generator thread 2 of 3 died .* what it had counted is lost\.$/)
  expect(done.tally.phases.ping!.count).toBe(200 - 67)
  expect(events.filter(({ type }) => type === 'second')[0]).toMatchObject({ second: { count: 100 } })
})

it('when every thread dies there is a tally of nothing with the reason', async () => {
  const events = await collect(
    generateOnThreads(
      plan,
      forever,
      undefined,
      spawning(async function* (share) {
        yield* []
        throw new Error(`no ${share.url}`)
      }),
    ),
  )
  expect(events).toMatchObject([{ type: 'done', tally: { measured: 0, obstacle: expect.stringContaining('died') } }])
})
