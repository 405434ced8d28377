import type { Obstacle } from '../wire/facts.js'

/** A server that was to be brought up and did not come up. What was begun for it has been ended. */
export class TargetUnavailable extends Error {
  /** The reason as reports show it: one sentence. */
  readonly obstacle: Obstacle

  /** `url` is where it should have answered; `output` are the last lines it printed, secrets redacted. */
  constructor(
    message: string,
    readonly url: string,
    readonly output = '',
  ) {
    super(message)
    this.name = 'TargetUnavailable'
    this.obstacle = { kind: 'unreachable', message }
  }
}
