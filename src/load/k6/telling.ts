import { performance } from 'node:perf_hooks'
import type { ProcessUse } from '../process-tree.js'
import type { GeneratorEvent, Tally } from '../tally.js'
import type { RunnerFigures } from './figures.js'
import { sumOf } from './merge-runners.js'
import { rowsOf } from './rows.js'
import type { ToldPlan } from './script-plan.js'

/** k6 adds up what its users counted with so much delay, in seconds. */
const delay = 0.3

/** Turns looks at a running k6 into the events of a load: each second and each stage once, when it is over. */
export class Telling {
  /** True once the clock of the load has started. */
  started = false
  /** The share of a core that k6 used while the clock ran, as far as it was watched; 0 where the system does not tell. */
  share = 0
  private seconds = 0
  private stages = 0
  private first: { use: ProcessUse; at: number } | undefined

  constructor(private readonly told: ToldPlan) {}

  /** What is new in a look at `now`, in ms since the epoch. */
  *news(figures: RunnerFigures, now: number): Generator<GeneratorEvent> {
    const { startedAt } = figures
    if (startedAt === undefined) return
    const { openingSeconds, profile } = this.told
    const over = (now - startedAt) / 1000 - delay
    const tally = sumOf([{ ...figures, seconds: openingSeconds + Math.max(0, over + delay) }], this.told, [])
    if (!this.started) yield { type: 'opened', sessions: tally.sessions.opened, seconds: openingSeconds }
    this.started = true
    const rows = rowsOf(profile.stages).filter(({ to }) => to <= over)
    yield* this.upTo(tally, Math.floor((rows.at(-1)?.to ?? 0) + 1e-9), over)
  }

  /** What was not told when k6 had ended. */
  *rest(tally: Tally): Generator<GeneratorEvent> {
    if (!this.started && tally.measured > 0)
      yield { type: 'opened', sessions: tally.sessions.opened, seconds: this.told.openingSeconds }
    yield* this.upTo(tally, tally.seconds.length, Number.POSITIVE_INFINITY)
  }

  /** Takes note of what k6 has used, as long as the clock runs. */
  note(use: ProcessUse | undefined): void {
    if (!use || !this.started) return
    const at = performance.now()
    this.first ??= { use, at }
    const seconds = (at - this.first.at) / 1000
    if (seconds > this.length) return
    if (seconds > 0) this.share = (use.cpuSeconds - this.first.use.cpuSeconds) / seconds
  }

  private get length(): number {
    return this.told.profile.stages.reduce((sum, { seconds }) => sum + seconds, 0)
  }

  private *upTo(tally: Tally, seconds: number, over: number): Generator<GeneratorEvent> {
    const ends = this.told.profile.stages.map((_, at, all) =>
      all.slice(0, at + 1).reduce((sum, one) => sum + one.seconds, 0),
    )
    for (; this.seconds < Math.min(seconds, tally.seconds.length); this.seconds++) {
      const index = this.seconds
      const stage = Math.max(
        0,
        ends.findIndex((end) => index < end),
      )
      yield* this.stagesBefore(tally, stage)
      const secondsLeft = Math.max(0, Math.round(this.length - index - 1))
      yield { type: 'second', second: tally.seconds[index]!, index, stage, secondsLeft }
    }
    yield* this.stagesBefore(tally, ends.filter((end) => end <= over).length)
  }

  private *stagesBefore(tally: Tally, end: number): Generator<GeneratorEvent> {
    for (; this.stages < Math.min(end, tally.stages.length); this.stages++)
      yield { type: 'stage', stage: this.stages, tally: tally.stages[this.stages]! }
  }
}
