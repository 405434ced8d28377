import type { FailureKind } from '../report/load.js'
import type { Redactor } from '../wire/redact.js'
import { type Failure, judge } from './answer.js'
import type { Clock } from './clock.js'
import type { Dialect, Session } from './dialect.js'
import type { Connection, Engine, EngineHandlers, Reply, Trouble } from './engine.js'
import { exampleOf } from './example.js'
import { intendedOf, Lane, type Place, type Step } from './lane.js'
import { Places } from './places.js'
import type { LoadPlan } from './plan.js'
import type { Phase, Recorder } from './recorder.js'
import { canaryOf, ids } from './request.js'
import type { Scheduler } from './scheduler.js'

/** What a conversation is held with. */
export interface ConversationParts {
  plan: LoadPlan
  dialect: Dialect
  recorder: Recorder
  clock: Clock
  redact: Redactor
}

/**
 * Leads every lane through its steps (open a session, call, end it), has each answer judged and counted, and opens lost sessions again. When
 * a lane starts its next work is up to the scheduler, which changes with the time of the run.
 */
export class Conversation implements EngineHandlers<Lane> {
  engine!: Engine<Lane>
  /** Requests on their way. */
  inFlight = 0
  /** When anything was answered last, and when and why a connection could not be made last. */
  lastReplyAt = 0
  connectError: { at: number; message: string } | undefined
  /** Why a session could not be opened last. */
  openingFailure: string | undefined
  readonly places: Places
  private scheduler!: Scheduler
  private over = false
  private readonly lanes: Lane[] = []
  /** Sessions of single requests whose lane is gone. */
  private readonly orphans: Session[] = []
  private readonly calls: Phase[]
  private readonly opening: Phase
  private readonly opened: Phase
  private readonly deletion: Phase
  private readonly perRequest: boolean
  private nextId: number
  private readonly idStep: number

  constructor(private readonly parts: ConversationParts) {
    const { plan, recorder, clock } = parts
    this.perRequest = plan.session === 'per-request' && parts.dialect.greeting
    this.places = new Places(plan.session === 'shared', clock, {
      open: (lane, place) => this.open(lane, place),
      ready: (lane) => this.scheduler.free(lane),
    })
    this.opening = recorder.phase('initialize', false)
    this.opened = recorder.phase('notifications/initialized', false)
    this.calls = plan.requests.map(({ method }) => recorder.phase(method, true))
    this.deletion = recorder.phase('DELETE', false)
    this.nextId = ids.first + (plan.thread?.index ?? 0)
    this.idStep = plan.thread?.of ?? 1
  }

  /** Hands the lanes over to a scheduler; it is told of the idle ones at once. */
  follow(scheduler: Scheduler): void {
    this.scheduler = scheduler
    for (const lane of this.lanes) if (lane.state === 'idle') this.offer(lane)
  }

  /** Time is up: from now on nothing is counted, and sessions in hand are only ended. What is on its way was in flight at the end. */
  finish(): void {
    if (this.over) return
    this.over = true
    this.parts.recorder.tally.inFlightAtEnd += this.inFlight
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
    if (next === 'call') this.call(lane)
    else if (next === 'initialized') this.confirm(lane)
    else if (next === 'delete' && lane.own) this.end(lane, lane.own)
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
    this.done(lane, failure, reply)
  }

  onTrouble(connection: Connection<Lane>, trouble: Trouble): void {
    const lane = connection.slot
    const { recorder, clock } = this.parts
    const now = clock.now()
    lane.state = 'down'
    if (now > recorder.endsAt) this.finish()
    if (!this.over && trouble.kind === 'transport') recorder.tally.reconnects.failed++
    if (!this.over) this.failed(lane, trouble, now)
    this.done(lane, trouble)
  }

  onConnectError(connection: Connection<Lane>, message: string): void {
    const lane = this.laneOf(connection)
    lane.state = 'down'
    this.connectError = { at: this.parts.clock.now(), message }
    if (this.over || !this.scheduler.refused(lane)) return
    lane.phase = this.perRequest ? this.opening : this.calls[lane.turn]!
    lane.bytes = nothing
    this.failed(lane, { kind: 'transport', message }, this.parts.clock.now())
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
    this.release(lane)
  }

  /** Starts one piece of work on an idle lane: a request, with a session of its own where that is the policy. `intended` is 0 in a closed loop. */
  begin(lane: Lane, intended: number): void {
    if (this.over) return
    lane.intended = intended
    if (this.perRequest) this.greet(lane)
    else this.call(lane)
  }

  /** Opens the session of a place on an idle lane. */
  open(lane: Lane, place: Place): void {
    place.opening = true
    lane.opens = place
    this.greet(lane)
  }

  /** Ends a session on an idle lane; false when there is nothing to end. */
  end(lane: Lane, session: Session): boolean {
    const bytes = this.parts.dialect.ending(session)
    if (!bytes) return false
    lane.phase = this.deletion
    lane.expected.sent = 'delete'
    lane.expected.session = true
    this.send(lane, 'delete', bytes)
    return true
  }

  private offer(lane: Lane): void {
    if (this.scheduler.needsSession) this.places.settle(lane)
    else this.scheduler.free(lane)
  }

  private greet(lane: Lane): void {
    lane.greeting ??= this.parts.dialect.opening()
    lane.phase = this.opening
    lane.expected.session = false
    const id = this.ask(lane, false)
    this.send(lane, 'initialize', lane.greeting.with(id))
  }

  private confirm(lane: Lane): void {
    const session = lane.own ?? noSession
    lane.phase = this.opened
    lane.expected.sent = 'notification'
    lane.expected.session = session.id !== undefined
    this.send(lane, 'initialized', this.parts.dialect.opened(session))
  }

  private call(lane: Lane): void {
    const { requests } = this.parts.plan
    const session = lane.own ?? lane.place.session ?? noSession
    const { turn } = lane
    const request = requests[turn]!
    lane.turn = turn + 1 === requests.length ? 0 : turn + 1
    if (lane.builtFor !== session) {
      lane.built.fill(undefined)
      lane.builtFor = session
    }
    lane.built[turn] ??= this.parts.dialect.call(request, session)
    lane.phase = this.calls[turn]
    lane.expected.session = session.id !== undefined
    const id = this.ask(lane, request.echoes === true)
    this.send(lane, 'call', lane.built[turn].with(id))
  }

  private ask(lane: Lane, echoes: boolean): number {
    const id = this.nextId
    const following = id + this.idStep
    this.nextId = following > ids.last ? ids.first + ((id - ids.first) % this.idStep) : following
    lane.expected.sent = 'request'
    lane.expected.id = id
    // Every result holds the empty text.
    lane.expected.canary = echoes ? canaryOf(id) : ''
    return id
  }

  private send(lane: Lane, step: Step, bytes: Buffer): void {
    lane.state = 'busy'
    lane.step = step
    lane.bytes = bytes
    this.inFlight++
    this.engine.send(lane.connection!, bytes)
  }

  private done(lane: Lane, failure: Failure | undefined, reply?: Reply): void {
    const { step } = lane
    lane.step = undefined
    this.inFlight--
    if (step === 'call') this.called(lane, failure?.kind)
    else if (step === 'initialize') this.greeted(lane, failure, reply)
    else if (step === 'initialized') this.confirmed(lane, failure?.kind)
    else if (step === 'delete') this.deleted(lane, failure?.kind, reply)
  }

  private greeted(lane: Lane, failure: Failure | undefined, reply: Reply | undefined): void {
    if (failure || !reply) {
      this.openingFailure = failure?.message
      return this.release(lane)
    }
    const id = sessionIdOf(reply.headers)
    lane.own = id === undefined ? {} : { id }
    if (id !== undefined) this.parts.recorder.tally.sessions.opened++
    lane.next = this.over ? 'delete' : 'initialized'
  }

  private confirmed(lane: Lane, kind: FailureKind | undefined): void {
    const { opens, own } = lane
    if (kind === 'session-lost') {
      this.parts.recorder.tally.sessions.lost++
      lane.own = undefined
      this.release(lane)
    } else if (opens) {
      lane.opens = undefined
      lane.own = undefined
      this.places.opened(opens, own ?? noSession)
    } else lane.next = this.over ? 'delete' : 'call'
  }

  private called(lane: Lane, kind: FailureKind | undefined): void {
    const { sessions } = this.parts.recorder.tally
    const lost = kind === 'session-lost'
    if (!lane.own) {
      if (lost && this.places.lost(lane.place, lane.builtFor)) sessions.lost++
    } else if (lane.own.id !== undefined && !lost && this.parts.plan.profile.afterwards !== 'leave') {
      lane.next = 'delete'
    } else {
      if (lost) sessions.lost++
      else if (lane.own.id !== undefined) sessions.left++
      lane.own = undefined
    }
  }

  private deleted(lane: Lane, kind: FailureKind | undefined, reply: Reply | undefined): void {
    const { sessions } = this.parts.recorder.tally
    lane.own = undefined
    if (kind === 'session-lost') sessions.lost++
    else if (kind || reply?.status === 405) sessions.left++
    else sessions.closed++
  }

  /** Gives up the opening of a place. */
  private release(lane: Lane): void {
    const place = lane.opens
    lane.opens = undefined
    if (place) this.places.notOpened(place)
  }

  private failed(lane: Lane, failure: Failure, at: number, reply?: Reply): void {
    const phase = lane.phase!
    const counts = phase.measured || (this.perRequest && phase !== this.deletion)
    const bytes = { sent: lane.bytes.length, received: reply?.bytes ?? 0 }
    const example = () => exampleOf(this.parts.redact, failure.message, lane.bytes, reply)
    this.parts.recorder.failed(phase, failure.kind, at, { example, bytes, counts })
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

const noSession: Session = {}
const nothing = Buffer.alloc(0)

function sessionIdOf(headers: string[]): string | undefined {
  for (let i = 0; i < headers.length; i += 2)
    if (headers[i]!.length === 14 && headers[i]!.toLowerCase() === 'mcp-session-id') return headers[i + 1]
  return undefined
}
