import type { Stage } from './profile.js'

/** Which part of the whole a thread makes: everything whose number, counted from 0, leaves `index` when divided by `of`. */
export interface Share {
  index: number
  of: number
}

const everything: Share = { index: 0, of: 1 }

/** How many of `count` things, numbered from 0, belong to a share. */
export function shareOfCount(count: number, share: Share = everything): number {
  return Math.max(0, Math.ceil((count - share.index) / share.of))
}

/** A stretch of time in which a level goes from one value to another in a straight line. Seconds. */
interface Slope {
  start: number
  seconds: number
  from: number
  to: number
}

function slopes(stages: readonly Stage[], key: 'connections' | 'rate'): Slope[] {
  let start = 0
  let level = 0
  return stages.map((stage) => {
    const to = stage[key] ?? level
    const slope = { start, seconds: stage.seconds, from: stage.ramp ? level : to, to }
    start += stage.seconds
    level = to
    return slope
  })
}

/** Seconds of all stages together. */
export function secondsOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + stage.seconds, 0)
}

/** Which stage runs at a time, counted from 0; the last one after the end. Seconds. */
export function stageAt(stages: readonly Stage[], time: number): number {
  let end = 0
  const found = stages.findIndex((stage) => {
    end += stage.seconds
    return time < end
  })
  return found < 0 ? stages.length - 1 : found
}

/** How many connections a closed loop keeps busy at a time, in seconds after the start; a ramp counts every connection it has begun. */
export function connectionsAt(stages: readonly Stage[], time: number): number {
  const slope = slopes(stages, 'connections')[stageAt(stages, time)]
  if (!slope) return 0
  const part = Math.min(1, Math.max(0, (time - slope.start) / slope.seconds))
  return Math.max(0, Math.ceil(slope.from + (slope.to - slope.from) * part - 1e-9))
}

/** The most connections that stages ask for. */
export function mostConnections(stages: readonly Stage[]): number {
  return Math.max(0, ...stages.map((stage) => stage.connections ?? 0))
}

/**
 * The intended starts of an open loop, evenly spaced at the rate of the moment: the k-th request is due when the area under the rate reaches k,
 * whatever stages came before. A share takes every `of`-th of them, so that several threads together make exactly the whole.
 */
export class Arrivals {
  /** When the next one is due, in seconds after the start; Infinity when there are no more. */
  due = 0
  private readonly slopes: Slope[]
  private stage = 0
  /** The area under the rate before this stage. */
  private before = 0
  private number: number

  constructor(
    private readonly stages: readonly Stage[],
    private readonly share: Share = everything,
  ) {
    this.slopes = slopes(stages, 'rate')
    this.number = share.index
    this.due = this.timeOf(this.number)
  }

  /** The same, from the beginning. */
  copy(): Arrivals {
    return new Arrivals(this.stages, this.share)
  }

  /** Goes on to the next one. */
  advance(): void {
    this.number += this.share.of
    this.due = this.timeOf(this.number)
  }

  private timeOf(number: number): number {
    for (let slope = this.slopes[this.stage]; slope; slope = this.slopes[++this.stage]) {
      const area = ((slope.from + slope.to) / 2) * slope.seconds
      const rest = number - this.before
      if (rest < area - 1e-9) return slope.start + timeIn(slope, rest)
      this.before += area
    }
    return Number.POSITIVE_INFINITY
  }
}

/** When the area under a slope reaches `area`: the root of `from·t + ½·a·t² = area` in the form that is exact for small `a`. */
function timeIn(slope: Slope, area: number): number {
  const growth = (slope.to - slope.from) / slope.seconds
  const root = Math.sqrt(Math.max(0, slope.from * slope.from + 2 * growth * area))
  return area <= 0 ? 0 : (2 * area) / (slope.from + root)
}
