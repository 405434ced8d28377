import type { Dialect, Session } from './dialect.js'
import type { Engine } from './engine.js'
import type { Lane, Step } from './lane.js'
import type { LoadPlan } from './plan.js'
import type { Phase, Recorder } from './recorder.js'
import { canaryOf, ids } from './request.js'

/** Says what there is to say on idle lanes, and notes on the lane what is expected in return. */
export class Speaker {
  engine!: Engine<Lane>
  /** Requests on their way. */
  inFlight = 0
  /** The phases of the steps; the measured requests have one by method. */
  readonly opening: Phase
  readonly opened: Phase
  readonly ending: Phase
  readonly calls: readonly Phase[]
  private nextId: number
  private readonly idStep: number

  constructor(
    private readonly plan: LoadPlan,
    private readonly dialect: Dialect,
    recorder: Recorder,
  ) {
    this.opening = recorder.phase('initialize', false)
    this.opened = recorder.phase('notifications/initialized', false)
    this.ending = recorder.phase('DELETE', false)
    this.calls = plan.requests.map(({ method }) => recorder.phase(method, true))
    this.nextId = ids.first + (plan.thread?.index ?? 0)
    this.idStep = plan.thread?.of ?? 1
  }

  /** `initialize`. */
  greet(lane: Lane): void {
    lane.greeting ??= this.dialect.greeting!.opening()
    lane.phase = this.opening
    lane.expected.session = false
    const id = this.ask(lane, false)
    this.send(lane, 'initialize', lane.greeting.with(id))
  }

  /** `notifications/initialized`. */
  confirm(lane: Lane): void {
    const session = lane.own ?? noSession
    lane.phase = this.opened
    lane.expected.sent = 'notification'
    lane.expected.session = session.id !== undefined
    this.send(lane, 'initialized', this.dialect.greeting!.opened(session))
  }

  /** The measured request whose turn it is. */
  call(lane: Lane): void {
    const { requests } = this.plan
    const session = lane.own ?? lane.place.session ?? noSession
    const { turn } = lane
    const request = requests[turn]!
    lane.turn = turn + 1 === requests.length ? 0 : turn + 1
    if (lane.builtFor !== session) {
      lane.built.fill(undefined)
      lane.builtFor = session
    }
    lane.built[turn] ??= this.dialect.call(request, session)
    lane.phase = this.calls[turn]
    lane.expected.session = session.id !== undefined
    const id = this.ask(lane, request.echoes === true)
    this.send(lane, 'call', lane.built[turn].with(id))
  }

  /** DELETE; false when there is nothing to end. */
  end(lane: Lane, session: Session): boolean {
    const bytes = this.dialect.ending(session)
    if (!bytes) return false
    lane.phase = this.ending
    lane.expected.sent = 'delete'
    lane.expected.session = true
    this.send(lane, 'delete', bytes)
    return true
  }

  private ask(lane: Lane, echoes: boolean): number {
    const id = this.nextId
    const following = id + this.idStep
    this.nextId = following > ids.last ? ids.first + ((id - ids.first) % this.idStep) : following
    lane.expected.sent = 'request'
    lane.expected.id = id
    lane.expected.modern = this.plan.mode === 'modern'
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
}

const noSession: Session = {}
