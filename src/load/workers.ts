import { mergeEvents } from './merge-events.js'
import type { LoadPlan } from './plan.js'
import { emptyTally, type GeneratorEvent, type Tally } from './tally.js'
import { type Spawn, spawnThread, type Thread } from './thread.js'

/** How long a thread may take to end its requests and sessions once it was told to stop, in ms. */
const patience = 20_000

/**
 * Makes the load of a plan on `plan.workers` threads, each with its share, and tells of it as one: seconds, stages and the whole are added up
 * exactly. The clocks of all threads start together once `start` resolves, which is called when all sessions are open. A thread that dies
 * ends the load: what the others counted stands, and the tally's obstacle says so.
 */
export async function* generateOnThreads(
  plan: LoadPlan,
  signal: AbortSignal,
  start: () => Promise<void> = async () => {},
  spawn: Spawn = spawnThread,
): AsyncGenerator<GeneratorEvent> {
  const of = plan.workers
  // Functions reach no thread.
  const { readUse: _, ...data } = plan
  const threads = Array.from({ length: of }, (_, index) => spawn({ ...data, workers: 1, thread: { index, of } }))
  const stop = () => stopAll(threads)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  const chorus = new Chorus(of)
  let cpuBefore = process.cpuUsage()
  try {
    for await (const { index, event, death } of inTurn(threads)) {
      if (death !== undefined) {
        chorus.lose(
          index,
          `Generator thread ${index + 1} of ${of} died (${death}), which ended the load: what it had counted is lost.`,
        )
        stop()
      } else chorus.hear(index, event)
      for (const merged of chorus.complete()) {
        yield merged
        if (merged.type !== 'opened') continue
        await start()
        cpuBefore = process.cpuUsage()
        for (const thread of threads) thread.tell('start')
      }
    }
    const { user, system } = process.cpuUsage(cpuBefore)
    yield { type: 'done', tally: { ...chorus.tally(), cpuSeconds: (user + system) / 1e6 } }
  } finally {
    signal.removeEventListener('abort', stop)
    await Promise.all(threads.map((thread) => thread.end()))
  }
}

function stopAll(threads: readonly Thread[]): void {
  for (const thread of threads) thread.tell('stop')
  setTimeout(() => {
    for (const thread of threads) void thread.end()
  }, patience).unref()
}

/** Collects what threads tell until all that still work have told the same. */
class Chorus {
  private readonly working: Set<number>
  private readonly groups = new Map<string, Map<number, GeneratorEvent>>()
  private readonly tallies: Tally[] = []
  private obstacle: string | undefined

  constructor(of: number) {
    this.working = new Set(Array.from({ length: of }, (_, index) => index))
  }

  hear(index: number, event: GeneratorEvent): void {
    if (event.type === 'done') {
      this.tallies.push(event.tally)
      this.working.delete(index)
      return
    }
    const key =
      event.type === 'second' ? `second ${event.index}` : event.type === 'stage' ? `stage ${event.stage}` : event.type
    const group = this.groups.get(key) ?? new Map<number, GeneratorEvent>()
    this.groups.set(key, group.set(index, event))
  }

  lose(index: number, obstacle: string): void {
    this.working.delete(index)
    this.obstacle ??= obstacle
  }

  /** Events that nobody who still works has yet to tell, merged, in the order they were begun; each once. */
  complete(): GeneratorEvent[] {
    const whole = [...this.groups].filter(([, group]) => [...this.working].every((index) => group.has(index)))
    for (const [key] of whole) this.groups.delete(key)
    return whole.map(([, group]) => mergeEvents([...group.values()]))
  }

  tally(): Tally {
    const done = this.tallies.map((tally): GeneratorEvent => ({ type: 'done', tally }))
    const merged = done.length > 0 ? mergeEvents(done) : undefined
    const tally = merged?.type === 'done' ? merged.tally : emptyTally(Date.now())
    return this.obstacle ? { ...tally, obstacle: this.obstacle } : tally
  }
}

type Turn = { index: number } & ({ event: GeneratorEvent; death?: never } | { death: string; event?: never })

/** What threads tell, as it comes; a thread that dies is told of once. */
async function* inTurn(threads: readonly Thread[]): AsyncGenerator<Turn> {
  const iterators = threads.map(({ events }) => events[Symbol.asyncIterator]())
  const next = async (index: number): Promise<Turn | { index: number; over: true }> => {
    try {
      const { value, done } = await iterators[index]!.next()
      return done ? { index, over: true } : { index, event: value }
    } catch (error) {
      return { index, death: error instanceof Error ? error.message : String(error) }
    }
  }
  const pending = new Map(iterators.map((_, index) => [index, next(index)]))
  while (pending.size > 0) {
    const turn = await Promise.race(pending.values())
    if ('over' in turn) pending.delete(turn.index)
    else {
      if (turn.death === undefined) pending.set(turn.index, next(turn.index))
      else pending.delete(turn.index)
      yield turn
    }
  }
}
