import type { LoadPlan } from '../plan.js'
import type { Scenarios } from './scenarios.js'

/** What a runner tells of its load beside figures: all that a report needs, and no credential. */
export type ToldPlan = Pick<
  LoadPlan,
  'url' | 'name' | 'profileName' | 'profile' | 'mode' | 'session' | 'revision' | 'timeoutMs'
> & {
  /** The method of what is measured, which is the name of its phase. */
  method: string
  /** As the user wrote them. */
  thresholds: string[]
  /** Seconds before the clock starts. */
  openingSeconds: number
}

/** A request as k6 sends it. A list of texts is put together with the id of the request between them. */
export interface ScriptRequest {
  headers: Record<string, string | string[]>
  body: string[]
}

/** One measured request; see MeasuredRequest. */
export interface ScriptCall extends ScriptRequest {
  echoes: boolean
}

/** A threshold that k6 evaluates by itself, for whoever runs the script with nothing but k6. */
export interface ScriptThreshold {
  kind: 'trend' | 'rate' | 'counter'
  /** The phase it is about; without one the measured one. */
  phase?: string
  /** What a rate or a counter counts: `good`, `errors` or a kind of failure. */
  of: string
  /** As k6 writes it. */
  expression: string
}

/** The data of a script: `const plan` at its top. In texts `${__ENV.NAME}` stands for a credential of the environment. */
export interface ScriptPlan {
  told: ToldPlan
  url: string
  /** Names of the variables that hold the credentials. */
  credentials: string[]
  timeoutMs: number
  /** Ids of requests, from the first to the last, and how many users share them. */
  ids: { first: number; last: number; users: number }
  calls: ScriptCall[]
  /** `initialize`, `notifications/initialized` and DELETE, where the mode has them. */
  opening?: ScriptRequest
  opened?: ScriptRequest
  ending?: ScriptRequest
  /** Pause between an answer and the next request, in seconds. */
  think: number
  /** Seconds of the measured time. */
  seconds: number
  thresholds: ScriptThreshold[]
  scenarios: Scenarios
}
