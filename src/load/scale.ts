import { mostConnections, secondsOf } from './pacer.js'
import type { Profile, Stage } from './profile.js'

/** How much of a profile is wanted, where it is not what the profile says. */
export interface Amounts {
  /** Of all stages together; of each step in a search for capacity. */
  seconds?: number
  /** At the highest point of a closed loop; those that carry an open one. */
  connections?: number
  /** Requests per second at the highest point; the most that a search for capacity tries. Makes an open loop of a closed one. */
  rate?: number
}

/** The profile with other amounts; its stages keep their proportions. */
export function scaleProfile(profile: Profile, { seconds, connections, rate }: Amounts): Profile {
  let scaled = profile
  if (seconds !== undefined) scaled = lasting(scaled, seconds)
  if (connections !== undefined) scaled = carriedBy(scaled, connections)
  if (rate !== undefined) scaled = startingAt(scaled, rate)
  return scaled
}

function lasting(profile: Profile, seconds: number): Profile {
  if (profile.capacity) return { ...profile, capacity: { ...profile.capacity, stepSeconds: seconds } }
  const factor = seconds / secondsOf(profile.stages)
  return { ...profile, stages: profile.stages.map((stage) => ({ ...stage, seconds: stage.seconds * factor })) }
}

function carriedBy(profile: Profile, connections: number): Profile {
  if (profile.loop === 'open') return { ...profile, connections }
  const factor = connections / mostConnections(profile.stages)
  return { ...profile, stages: withLevels(profile.stages, 'connections', (level) => atLeastOne(level, factor)) }
}

function startingAt(profile: Profile, rate: number): Profile {
  const { capacity, stages } = profile
  if (capacity) return { ...profile, capacity: { ...capacity, from: Math.min(capacity.from, rate), to: rate } }
  if (profile.loop === 'open') {
    const factor = rate / Math.max(...stages.map((stage) => stage.rate ?? 0))
    return { ...profile, stages: withLevels(stages, 'rate', (level) => level * factor) }
  }
  const most = mostConnections(stages)
  const { think: _, ...rest } = profile
  return {
    ...rest,
    loop: 'open',
    connections: profile.connections ?? most,
    stages: stages.map(({ connections, ...stage }) =>
      connections === undefined ? stage : { ...stage, rate: (connections / most) * rate },
    ),
  }
}

function withLevels(stages: Stage[], key: 'connections' | 'rate', change: (level: number) => number): Stage[] {
  return stages.map((stage) => (stage[key] === undefined ? stage : { ...stage, [key]: change(stage[key]) }))
}

function atLeastOne(level: number, factor: number): number {
  return level === 0 ? 0 : Math.max(1, Math.round(level * factor))
}
