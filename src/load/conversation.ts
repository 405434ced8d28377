import type { Redactor } from '../wire/redact.js'
import { Aftermath } from './aftermath.js'
import { type Failure, judge, judgeTrouble } from './answer.js'
import type { Clock } from './clock.js'
import type { Dialect, Session } from './dialect.js'
import type { Connection, Engine, EngineHandlers, Reply, Trouble } from './engine.js'
import { exampleOf } from './example.js'
import { intendedOf, Lane, type Place } from './lane.js'
import { Places } from './places.js'
import type { LoadPlan } from './plan.js'
import type { Recorder } from './recorder.js'
import type { Scheduler } from './scheduler.js'
import { Speaker } from './speaker.js'

/** What a conversation is held with. */
export interface ConversationParts {
  plan: LoadPlan
  dialect: Dialect
  recorder: Recorder
  clock: Clock
  redact: Redactor
}

/**
 * Leads every lane through its steps (open a session, call, end it) and has each answer judged and counted. When a lane begins its next work is
 * up to the scheduler, which changes with the time of the run.
 */
export class Conversation implements EngineHandlers<Lane> {
  readonly places: Places
  /** When anything was answered last, and when and why a connection could not be made last. */
  lastReplyAt = 0
  connectError: { at: number; message: string } | undefined
  private scheduler!: Scheduler
  private readonly speaker: Speaker
  private readonly aftermath: Aftermath
  private readonly perRequest: boolean
  private readonly lanes: Lane[] = []
  /** Sessions of single requests whose lane is gone. */
  private readonly orphans: Session[] = []

  constructor(private readonly parts: ConversationParts) {
    const { plan, dialect, recorder, clock } = parts
    this.perRequest = plan.session === 'per-request' && dialect.greeting !== undefined
    this.places = new Places(plan.session === 'shared', clock, {
      open: (lane, place) => this.open(lane, place),
      ready: (lane) => this.scheduler.free(lane),
    })
    this.speaker = new Speaker(plan, dialect, recorder)
    this.aftermath = new Aftermath(this.places, recorder.tally.sessions, plan.profile.afterwards === 'leave')
  }

  /** The engine that the lanes' connections are of. */
  useEngine(engine: Engine<Lane>): void {
    this.speaker.engine = engine
  }

  /** Requests on their way. */
  get inFlight(): number {
    return this.speaker.inFlight
  }

  /** Why a session could not be opened last. */
  get openingFailure(): string | undefined {
    return this.aftermath.openingFailure
  }

  /** Hands the lanes over to a scheduler; it is told of the idle ones at once. */
  follow(scheduler: Scheduler): void {
    this.scheduler = scheduler
    for (const lane of this.lanes) if (lane.state === 'idle') this.offer(lane)
  }

  /** Time is up: from now on nothing is counted, and sessions in hand are only ended. What is on its way was in flight at the end. */
  finish(): void {
    if (this.aftermath.over) return
    this.aftermath.over = true
    const { recorder } = this.parts
    if (recorder.started) recorder.tally.inFlightAtEnd += this.inFlight
  }

  /** Takes the sessions that are open, for somebody to end them. */
  takeSessions(): Session[] {
    const own = this.lanes.map((lane) => lane.own)
    for (const lane of this.lanes) lane.own = undefined
    return [...this.places.sessions(), ...own, ...this.orphans.splice(0)].filter((session) => session !== undefined)
  }

  onIdle(connection: Connection<Lane>): void {
    const lane = this.laneOf(connection)
    lane.state = 'idle'
    const { next } = lane
    lane.next = undefined
    if (next === 'call') this.speaker.call(lane)
    else if (next === 'initialized') this.speaker.confirm(lane)
    else if (next === 'delete' && lane.own) this.speaker.end(lane, lane.own)
    else this.offer(lane)
  }

  onReply(connection: Connection<Lane>, reply: Reply): void {
    const lane = connection.slot
    const { recorder } = this.parts
    const failure = judge(reply, lane.expected)
    this.lastReplyAt = reply.endedAt
    if (reply.endedAt > recorder.endsAt) this.finish()
    if (!this.over && failure) this.failed(lane, failure, reply.endedAt, reply)
    else if (!this.over) recorder.good(lane.phase!, reply, intendedOf(lane), lane.bytes.length)
    this.speaker.inFlight--
    this.aftermath.of(lane, failure, reply)
  }

  onTrouble(connection: Connection<Lane>, trouble: Trouble): void {
    const lane = connection.slot
    const { recorder, clock } = this.parts
    const now = clock.now()
    lane.state = 'down'
    if (now > recorder.endsAt) this.finish()
    if (!this.over && trouble.kind === 'transport') recorder.tally.reconnects.failed++
    if (!this.over) this.failed(lane, judgeTrouble(trouble, lane.expected), now, trouble.partial)
    this.speaker.inFlight--
    this.aftermath.of(lane, trouble)
  }

  onConnectError(connection: Connection<Lane>, message: string): void {
    const lane = this.laneOf(connection)
    const now = this.parts.clock.now()
    lane.state = 'down'
    this.connectError = { at: now, message }
    const wanted = this.over ? undefined : this.scheduler.refused(lane)
    if (!wanted) return
    lane.phase = wanted === 'session' || this.perRequest ? this.speaker.opening : this.speaker.calls[lane.turn]!
    lane.bytes = nothing
    this.failed(lane, { kind: 'transport', message }, now)
  }

  onClosed(connection: Connection<Lane>): void {
    this.laneOf(connection).state = 'down'
    if (!this.over) this.parts.recorder.tally.reconnects.closed++
  }

  onGone(connection: Connection<Lane>): void {
    const lane = connection.slot
    if (!lane) return
    lane.state = 'down'
    lane.next = undefined
    lane.connection = undefined
    if (lane.own) this.orphans.push(lane.own)
    lane.own = undefined
    this.aftermath.release(lane)
  }

  /** Starts one piece of work on an idle lane: a request, with a session of its own where that is the policy. `intended` is 0 in a closed loop. */
  begin(lane: Lane, intended: number): void {
    if (this.over) return
    lane.intended = intended
    if (this.perRequest) this.speaker.greet(lane)
    else this.speaker.call(lane)
  }

  /** Opens the session of a place on an idle lane. */
  open(lane: Lane, place: Place): void {
    place.opening = true
    lane.opens = place
    this.speaker.greet(lane)
  }

  /** Ends a session on an idle lane; false when there is nothing to end. */
  end(lane: Lane, session: Session): boolean {
    return this.speaker.end(lane, session)
  }

  private get over(): boolean {
    return this.aftermath.over
  }

  private offer(lane: Lane): void {
    if (this.scheduler.needsSession) this.places.settle(lane)
    else this.scheduler.free(lane)
  }

  private failed(lane: Lane, failure: Failure, at: number, reply?: Reply): void {
    const { recorder, redact } = this.parts
    const phase = lane.phase!
    // Without its session no request can follow.
    const counts = phase !== this.speaker.ending
    const bytes = { sent: lane.bytes.length, received: reply?.bytes ?? 0 }
    const { kind, message } = failure
    const example = () => exampleOf(redact, message, lane.bytes, reply)
    recorder.failed(phase, kind, at, { message, example, bytes, counts })
  }

  private laneOf(connection: Connection<Lane>): Lane {
    if (connection.slot) return connection.slot
    let lane = this.lanes.find((one) => one.connection === undefined)
    if (!lane) {
      lane = new Lane(this.lanes.length, this.places.at(this.lanes.length))
      this.lanes.push(lane)
    }
    lane.connection = connection
    connection.slot = lane
    return lane
  }
}

const nothing = Buffer.alloc(0)
