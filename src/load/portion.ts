import { connectionsAt, mostConnections, shareOfCount } from './pacer.js'
import type { LoadPlan } from './plan.js'

/** How many connections carry an open loop whose profile does not say. */
const ordinaryConnections = 50

/** How much of a plan is made by one thread. */
export class Portion {
  /** The most connections of all threads. */
  readonly allConnections: number
  /** The most connections, and the streams to be held. */
  readonly connections: number
  readonly streams: number

  constructor(private readonly plan: LoadPlan) {
    const { profile, thread } = plan
    this.allConnections =
      profile.loop === 'closed' ? mostConnections(profile.stages) : (profile.connections ?? ordinaryConnections)
    this.connections = shareOfCount(this.allConnections, thread)
    this.streams = shareOfCount(profile.streams?.count ?? 0, thread)
  }

  /** Connections at a time, in seconds after the start. */
  connectionsAt(time: number): number {
    const { profile, thread } = this.plan
    return profile.loop === 'closed' ? shareOfCount(connectionsAt(profile.stages, time), thread) : this.connections
  }

  /** Numbers of the places whose sessions are opened before the clock starts: first those of connections, then those of streams. */
  places(connectionsKeep: boolean, streamsNeed: boolean): number[] {
    const own = connectionsKeep ? this.connections : 0
    const held = streamsNeed ? this.streams : 0
    return [
      ...Array.from({ length: own }, (_, number) => number),
      ...Array.from({ length: held }, (_, number) => this.placeOfStream(number)),
    ]
  }

  /** The number of the place that our own n-th stream has its session from. */
  placeOfStream(number: number): number {
    return this.connections + number
  }
}
