import type { Histogram } from 'hdr-histogram-js'
import type { FailureExample, FailureKind } from '../report/load.js'
import type { Reply } from './engine.js'
import { addHistogram, record } from './histogram.js'
import { type Standing, sealSecond } from './seconds.js'
import {
  addErrors,
  emptyPhase,
  emptyStretch,
  emptyTally,
  type PhaseTally,
  type SecondTally,
  type StageTally,
  type StretchTally,
  type Tally,
} from './tally.js'

/** One phase while it is counted. */
export interface Phase {
  tally: PhaseTally
  /** False for what only opens and ends sessions: it is in no second and no stage. */
  measured: boolean
}

/** What is kept of a failure: the example is made only for the first of its kind; `counts` says whether seconds and stages count it too. */
export interface FailureDetails {
  message: string
  example(): Omit<FailureExample, 'second'>
  bytes: { sent: number; received: number }
  counts: boolean
}

/** Told when a second of the measured time is over. */
export type SecondHandler = (second: SecondTally, index: number) => void

/** A row of less than this many ms is none. */
const shortest = 100

/** Counts what a generator sees, in the order in which it ends. Times are those of the engine, in ms. */
export class Recorder {
  readonly tally: Tally = emptyTally(Date.now())
  /** When the clock started, and until when answers count; nothing is measured before and after. */
  startedAt = Number.POSITIVE_INFINITY
  endsAt = Number.POSITIVE_INFINITY
  /** When the last good measured answer ended, how many requests failed since, and why the last one did. */
  lastGoodAt = 0
  failedSince = 0
  lastFailure: string | undefined
  private readonly phases = new Map<string, Phase>()
  private secondEndsAt = Number.POSITIVE_INFINITY
  /** What was counted since the last second or stage ended: each good answer is recorded once and added to both. */
  private fresh: StretchTally = emptyStretch()
  private second: StretchTally = emptyStretch()
  private stage: StageTally = { ...emptyStretch(), seconds: 0 }
  private stageStartedAt = 0
  private finished = false

  /** In a closed loop response time is service time; it is kept once and copied at the end. */
  constructor(
    private readonly closed: boolean,
    private readonly standing: () => Standing,
    private readonly onSecond: SecondHandler,
  ) {}

  /** The phase of that name. */
  phase(name: string, measured: boolean): Phase {
    const known = this.phases.get(name)
    if (known) return known
    const phase = { tally: emptyPhase(), measured }
    this.phases.set(name, phase)
    return phase
  }

  /** Whether the clock was started. */
  get started(): boolean {
    return this.startedAt < Number.POSITIVE_INFINITY
  }

  /** Starts the clock, for answers that end before `endsAt`. */
  start(now: number, endsAt: number): void {
    this.tally.startedAt = Date.now()
    this.startedAt = now
    this.stageStartedAt = now
    this.secondEndsAt = now + 1000
    this.endsAt = endsAt
  }

  /** A good answer; `from` is the intended start, 0 where the send is meant. */
  good(phase: Phase, reply: Reply, from: number, sent: number): void {
    const { endedAt, sentAt } = reply
    if (endedAt >= this.secondEndsAt) this.tick(endedAt)
    const { tally } = phase
    tally.count++
    tally.sent += sent
    tally.received += reply.bytes
    const service = endedAt - sentAt
    record(tally.service, service)
    record(tally.firstByte, reply.firstByteAt - sentAt)
    if (reply.firstEventAt > 0) record(tally.firstEvent, reply.firstEventAt - sentAt)
    const response = from > 0 ? endedAt - from : service
    if (!this.closed) record(tally.latency, response)
    if (!phase.measured) return
    this.lastGoodAt = endedAt
    this.failedSince = 0
    this.tally.answers ??= reply.firstEventAt > 0 ? 'sse' : 'json'
    this.fresh.count++
    record(this.fresh.latency, response)
  }

  /** A failed request. */
  failed(phase: Phase, kind: FailureKind, at: number, details: FailureDetails): void {
    if (at >= this.secondEndsAt) this.tick(at)
    const { tally } = phase
    tally.errors[kind] = (tally.errors[kind] ?? 0) + 1
    tally.sent += details.bytes.sent
    tally.received += details.bytes.received
    tally.examples[kind] ??= { second: this.secondOf(at), ...details.example() }
    if (!details.counts || this.startedAt > at) return
    this.fresh.failed++
    addErrors(this.fresh.errors, { [kind]: 1 })
    this.failedSince++
    this.lastFailure = details.message
  }

  private secondOf(at: number): number {
    return Math.max(0, Math.floor((at - this.startedAt) / 10) / 100)
  }

  /** Closes the seconds that are over. The last one stays open until `stop`, and takes a rest of less than a tenth with it. */
  tick(now: number): void {
    while (now >= this.secondEndsAt && this.endsAt - this.secondEndsAt >= shortest) {
      this.closeSecond()
      this.secondEndsAt += 1000
    }
  }

  /** Closes a stage and returns what ended in it. */
  closeStage(now: number): StageTally {
    this.tick(now)
    this.flush()
    const done = this.stage
    done.seconds = (now - this.stageStartedAt) / 1000
    this.tally.stages.push(done)
    this.stage = { ...emptyStretch(), seconds: 0 }
    this.stageStartedAt = now
    return done
  }

  /** Stops the clock; what is left of a second is a row of its own. */
  stop(now: number): Tally {
    this.tick(now)
    if (now - (this.secondEndsAt - 1000) >= shortest || this.fresh.count + this.fresh.failed > 0) this.closeSecond()
    this.secondEndsAt = Number.POSITIVE_INFINITY
    this.tally.measured = Math.max(0, (now - this.startedAt) / 1000)
    return this.finish()
  }

  /** Puts the phases that were used into the tally. Nothing may be counted after it. */
  finish(): Tally {
    if (this.finished) return this.tally
    this.finished = true
    for (const [name, { tally }] of this.phases) {
      if (tally.count === 0 && Object.keys(tally.errors).length === 0) continue
      if (this.closed) addHistogram(tally.latency, tally.service)
      this.tally.phases[name] = tally
    }
    return this.tally
  }

  private closeSecond(): void {
    this.flush()
    const sealed = sealSecond(this.second, this.standing())
    clear(this.second)
    this.tally.seconds.push(sealed)
    this.onSecond(sealed, this.tally.seconds.length - 1)
  }

  private flush(): void {
    for (const into of [this.second, this.stage]) {
      into.count += this.fresh.count
      into.failed += this.fresh.failed
      addErrors(into.errors, this.fresh.errors)
      addHistogram(into.latency, this.fresh.latency)
    }
    clear(this.fresh)
  }
}

function clear(stretch: StretchTally): void {
  stretch.count = 0
  stretch.failed = 0
  stretch.errors = {}
  const { latency }: { latency: Histogram } = stretch
  latency.reset()
}
