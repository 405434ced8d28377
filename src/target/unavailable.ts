import type { Obstacle } from '../wire/facts.js'
import { redactor } from '../wire/redact.js'
import { urlSecrets } from '../wire/url-secrets.js'

/** A server that was to be brought up and did not come up. What was begun for it has been ended. */
export class TargetUnavailable extends Error {
  /** The reason as reports show it: one sentence. */
  readonly obstacle: Obstacle
  /** Where it should have answered. */
  readonly url: string
  /** The last lines it printed. */
  readonly output: string

  /** Secrets in the URL are hidden wherever they stand; all others are redacted already. */
  constructor(message: string, url: string, output = '') {
    const hide = redactor(URL.canParse(url) ? urlSecrets(url) : []).text
    super(hide(message))
    this.name = 'TargetUnavailable'
    this.obstacle = { kind: 'unreachable', message: this.message }
    this.url = hide(url)
    this.output = hide(output)
  }
}
