import { secondsOf } from './pacer.js'
import type { Stage } from './profile.js'

/** While a ramp goes on, connections are looked at this often, in seconds. */
const rampStep = 0.05

/** Where a run stands in its stages. Times are seconds after the start. */
export class StageTimes {
  /** The stage that runs, counted from 0, and when it ends. */
  current = 0
  end: number
  /** Of all stages together. */
  readonly seconds: number

  constructor(private readonly stages: readonly Stage[]) {
    this.seconds = secondsOf(stages)
    this.end = stages[0]?.seconds ?? 0
  }

  advance(): void {
    this.current++
    this.end += this.stages[this.current]?.seconds ?? Number.POSITIVE_INFINITY
  }

  /** When to look again: at the next step of a ramp, the end of a second or of the stage. */
  nextLook(time: number): number {
    const step = this.stages[this.current]?.ramp ? time + rampStep : Number.POSITIVE_INFINITY
    return Math.min(Math.floor(time) + 1, this.end, step)
  }
}
