import { type Redactor, redactor } from '../wire/redact.js'
import { beats, type NextBeat } from './beats.js'
import { type Clock, until } from './clock.js'
import { Conversation } from './conversation.js'
import { type Dialect, dialectOf } from './dialect.js'
import type { Engine } from './engine.js'
import { engineOptionsOf, type GeneratorParts, loopOf, realParts } from './generator-parts.js'
import { HeldStreams } from './held-streams.js'
import { record } from './histogram.js'
import type { Lane } from './lane.js'
import { Mailbox } from './mailbox.js'
import type { LoadPlan } from './plan.js'
import { Portion } from './portion.js'
import { Recorder } from './recorder.js'
import type { Loop } from './scheduler.js'
import { SessionEnding } from './session-ending.js'
import { SessionOpening } from './session-opening.js'
import type { SharpClock } from './sharp-clock.js'
import { StageTimes } from './stage-times.js'
import type { openStream } from './stream.js'
import type { GeneratorEvent } from './tally.js'

/** Bounds in ms and counts: of what happens before and after the measured time. */
const bounds = { opening: 60_000, openers: 16, connecting: 3000, draining: 500, ending: 5000 }

/**
 * Makes the load of a plan on this thread: opens sessions, runs the stages, ends the sessions. `start` is awaited before the clock starts, so that
 * several threads begin together. The signal ends it early, with what was measured. Nothing throws for what the server does.
 */
export async function* generate(
  plan: LoadPlan,
  signal: AbortSignal,
  start: () => Promise<void> = async () => {},
  parts: GeneratorParts = realParts,
): AsyncGenerator<GeneratorEvent> {
  const events = new Mailbox<GeneratorEvent>()
  const left = new AbortController()
  const generator = new Generator(plan, AbortSignal.any([signal, left.signal]), parts, (event) => events.put(event))
  const finished = generator.run(start).then(
    () => events.close(),
    (error: unknown) => events.close(error),
  )
  try {
    yield* events
  } finally {
    left.abort()
    await finished
  }
}

class Generator {
  private readonly clock: Clock | SharpClock
  private readonly redact: Redactor
  private readonly dialect: Dialect
  private readonly recorder: Recorder
  private readonly conversation: Conversation
  private readonly engine: Engine<Lane>
  private readonly loop: Loop
  private readonly stages: StageTimes
  private readonly streams: HeldStreams | undefined
  private readonly portion: Portion
  private readonly keepsSessions: boolean
  /** Connections that shall be there. */
  private wanted = 0

  constructor(
    private readonly plan: LoadPlan,
    private readonly signal: AbortSignal,
    private readonly parts: GeneratorParts,
    private readonly tell: (event: GeneratorEvent) => void,
  ) {
    const { profile } = plan
    const clock = parts.createClock(profile.loop === 'open')
    this.clock = clock
    this.redact = redactor(plan.secrets)
    this.dialect = dialectOf(plan)
    this.keepsSessions = this.dialect.handshake && plan.session !== 'per-request'
    this.portion = new Portion(plan)
    this.stages = new StageTimes(profile.stages)
    this.recorder = new Recorder(
      profile.loop === 'closed',
      () => ({ connections: this.engine.connected, waiting: this.loop.waiting, streams: this.streams?.held ?? 0 }),
      (second, index) => {
        const secondsLeft = Math.max(0, Math.round(this.stages.seconds - index - 1))
        this.tell({ type: 'second', second, index, stage: this.stages.current, secondsLeft })
      },
    )
    const { redact } = this
    this.conversation = new Conversation({ plan, dialect: this.dialect, recorder: this.recorder, clock, redact })
    this.engine = parts.createEngine(engineOptionsOf(plan, this.portion.allConnections), this.conversation)
    this.conversation.useEngine(this.engine)
    if (profile.streams) this.streams = this.heldStreams(profile.streams.count, parts.openStream)
    const { lateness } = this.recorder.tally
    this.loop = loopOf(plan, this.keepsSessions, this.conversation, clock, (late) => record(lateness, late))
  }

  async run(start: () => Promise<void>): Promise<void> {
    try {
      const ready = (await this.openSessions()) && (await this.connect())
      if (ready && !this.signal.aborted) {
        await start()
        await this.measure()
      }
      await this.endSessions()
    } finally {
      await this.engine.stop()
      if ('close' in this.clock) await this.clock.close()
    }
    this.tell({ type: 'done', tally: this.recorder.finish() })
  }

  private async openSessions(): Promise<boolean> {
    const { clock, conversation } = this
    const numbers = this.portion.places(this.keepsSessions, this.dialect.handshake)
    const places = [...new Set(numbers.map((number) => conversation.places.at(number)))]
    const count = places.length
    const opening = new SessionOpening(places, conversation)
    const startedAt = clock.now()
    conversation.follow(opening)
    this.resize(Math.min(count, bounds.openers))
    await until(clock, () => opening.finished || this.signal.aborted, bounds.opening)
    const { tally } = this.recorder
    tally.opening = (clock.now() - startedAt) / 1000
    this.tell({ type: 'opened', sessions: tally.sessions.opened, seconds: tally.opening })
    if (!this.signal.aborted) {
      const failure = conversation.openingFailure ?? conversation.connectError?.message
      tally.circumstances.sessions = { asked: count, ready: opening.opened, ...(failure ? { failure } : {}) }
    }
    return opening.opened > 0 || count === 0
  }

  /** Brings up the connections of the first moment. */
  private async connect(): Promise<boolean> {
    const { clock } = this
    this.conversation.follow(this.loop)
    this.resize(this.portion.connectionsAt(0.001))
    const up = () => this.engine.connected >= this.wanted || this.signal.aborted
    await until(clock, up, Math.min(bounds.connecting, this.plan.timeoutMs))
    if (!this.signal.aborted) this.takeStock()
    return this.engine.connected > 0 || this.wanted === 0
  }

  private async measure(): Promise<void> {
    const { clock, recorder, conversation, loop } = this
    const watch = this.parts.watch()
    const startedAt = clock.now()
    const endsAt = startedAt + this.stages.seconds * 1000
    recorder.start(startedAt, endsAt)
    this.streams?.start(startedAt)
    loop.start(startedAt)
    await beats(clock, this.signal, endsAt, (now) => this.beat(now, startedAt))
    const endedAt = Math.min(clock.now(), endsAt)
    loop.stop(endedAt)
    this.streams?.stop()
    conversation.finish()
    const { tally } = recorder
    tally.dropped += loop.waiting
    recorder.stop(endedAt)
    this.closeStage(endedAt)
    const { cpuSeconds, busiest, occupied, eventLoopDelay } = watch.stop()
    Object.assign(tally, { cpuSeconds, busiest, occupied, eventLoopDelay })
    this.takeStock(startedAt)
  }

  /** Notes how things stand. */
  private takeStock(startedAt = this.clock.now()): void {
    const { lastReplyAt, connectError, inFlight } = this.conversation
    const { tally, lastGoodAt, failedSince, lastFailure } = this.recorder
    const secondOf = (time: number) => (time < startedAt ? -1 : (time - startedAt) / 1000)
    tally.circumstances = {
      sessions: tally.circumstances.sessions,
      wanted: this.wanted,
      connected: this.engine.connected,
      inFlight,
      waiting: this.loop.waiting,
      lastReply: secondOf(lastReplyAt),
      lastGood: secondOf(lastGoodAt),
      failedSince,
      ...(lastFailure ? { lastFailure: this.redact.text(lastFailure) } : {}),
      ...(connectError ? { connectError: { second: secondOf(connectError.at), message: connectError.message } } : {}),
    }
  }

  /** Does what is due. */
  private beat(now: number, startedAt: number): NextBeat {
    const time = (now - startedAt) / 1000
    while (time >= this.stages.end) this.nextStage(startedAt)
    this.resize(this.portion.connectionsAt(time))
    this.recorder.tick(now)
    const due = this.loop.beat(now)
    const stream = this.streams?.beat(now) ?? Number.POSITIVE_INFINITY
    const routine = Math.min(startedAt + this.stages.nextLook(time) * 1000, stream)
    return { at: Math.min(due, routine), sharp: due < routine }
  }

  private nextStage(startedAt: number): void {
    this.closeStage(startedAt + this.stages.end * 1000)
    this.stages.advance()
  }

  private closeStage(at: number): void {
    const tally = this.recorder.closeStage(at)
    this.tell({ type: 'stage', stage: this.stages.current, tally })
  }

  /** Waits a little for what is on its way, then ends the sessions; a profile that leaves its sessions leaves these too. */
  private async endSessions(): Promise<void> {
    const { clock, conversation, plan } = this
    conversation.finish()
    await until(clock, () => conversation.inFlight === 0, bounds.draining)
    const { sessions } = this.recorder.tally
    const ending = new SessionEnding(conversation)
    if (plan.profile.afterwards !== 'leave' && this.engine.connected > 0) {
      conversation.follow(ending)
      await until(clock, () => ending.finished || this.engine.connected === 0, bounds.ending)
    }
    sessions.left += ending.rest.filter(({ id }) => id !== undefined).length
  }

  private heldStreams(count: number, open: typeof openStream): HeldStreams {
    const { plan, dialect, conversation, portion } = this
    const { url, timeoutMs, ca } = plan
    return new HeldStreams({
      count,
      share: plan.thread ?? { index: 0, of: 1 },
      spreadMs: this.stages.seconds * 500,
      request: { url: new URL(url), timeoutMs, ...(ca === undefined ? {} : { ca }) },
      open,
      session: (number) => (dialect.handshake ? conversation.places.at(portion.placeOfStream(number)).session : {}),
      listening: (session, number) => dialect.listening(session, number),
      tally: this.recorder.tally,
    })
  }

  private resize(count: number): void {
    if (count === this.wanted) return
    this.wanted = count
    this.engine.resize(count)
  }
}
