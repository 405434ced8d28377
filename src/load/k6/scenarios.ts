import { secondsOf } from '../pacer.js'
import type { Profile, Stage } from '../profile.js'

/** k6's scenarios by name, as `options.scenarios` takes them. https://grafana.com/docs/k6/latest/using-k6/scenarios/executors/ */
export type Scenarios = Record<string, Record<string, unknown>>

/** What is to be driven. */
export interface Driven {
  profile: Profile
  /** Virtual users at most: each is a connection. */
  users: number
  /** Whether each of them opens a session before the clock starts, and whether it ends it after. */
  opens: boolean
  ends: boolean
}

/** Seconds that requests on their way get when time is up, and that sessions get to end. */
const grace = 1
const ending = 5

/** Seconds in which the sessions of so many users are opened, 200 a second; at most ten minutes. */
export function openingSeconds(users: number): number {
  return Math.min(600, 2 + Math.ceil(users / 200))
}

/**
 * The scenarios of a profile. Users go from one scenario to the next with what they know, as k6 hands them on when scenarios do not overlap: so
 * the session that a user opens in the first one is that of its calls, and it ends it in the last one.
 */
export function scenariosOf({ profile, users, opens, ends }: Driven): Scenarios {
  const start = opens ? openingSeconds(users) : 0
  const once = { executor: 'per-vu-iterations', vus: users, iterations: 1, gracefulStop: '0s' }
  const end = start + secondsOf(profile.stages) + grace
  return {
    ...(opens ? { opening: { ...once, exec: 'open', maxDuration: time(start) } } : {}),
    load: { ...loadOf(profile, users), exec: 'load', startTime: time(start), gracefulStop: time(grace) },
    ...(ends ? { ending: { ...once, exec: 'end', startTime: time(end), maxDuration: time(ending) } } : {}),
  }
}

function loadOf({ loop, stages }: Profile, users: number): Record<string, unknown> {
  const [only, ...more] = stages
  const steady = only !== undefined && more.length === 0 && !only.ramp
  if (loop === 'closed') {
    if (steady) return { executor: 'constant-vus', vus: only.connections ?? 0, duration: time(only.seconds) }
    const steps = stepsOf(stages, ({ connections }) => connections)
    return { executor: 'ramping-vus', startVUs: 0, stages: steps, gracefulRampDown: '30s' }
  }
  const unit = unitOf(stages)
  const carriers = { preAllocatedVUs: users, maxVUs: users, timeUnit: time(unit) }
  const whole = ({ rate }: Stage) => rate && Math.round(rate * unit)
  if (steady)
    return { executor: 'constant-arrival-rate', rate: whole(only) ?? 0, duration: time(only.seconds), ...carriers }
  return { executor: 'ramping-arrival-rate', startRate: 0, stages: stepsOf(stages, whole), ...carriers }
}

/** Stages as k6 has them: always ramps, so that one which begins at once needs another of no length before it. */
function stepsOf(stages: readonly Stage[], levelOf: (stage: Stage) => number | undefined): object[] {
  let level = 0
  return stages.flatMap((stage) => {
    const target = levelOf(stage) ?? level
    const jump = !stage.ramp && target !== level ? [{ target, duration: '0s' }] : []
    level = target
    return [...jump, { target, duration: time(stage.seconds) }]
  })
}

/** The seconds over which k6 counts arrivals, so that all rates are whole numbers: to a thousandth of a request per second. */
function unitOf(stages: readonly Stage[]): number {
  const isWhole = (unit: number) =>
    stages.every(({ rate = 0 }) => Math.abs(rate * unit - Math.round(rate * unit)) < 1e-6)
  return [1, 10, 100].find(isWhole) ?? 1000
}

/** A time as k6 reads it. */
function time(seconds: number): string {
  return `${Math.round(seconds * 1000)}ms`
}
