import type { RequestId } from '@modelcontextprotocol/sdk/types.js'
import { Refusal } from '../http/refusal.js'
import { CODE } from '../protocol/error.js'

/** The error codes of RFC 6750 section 3.1 and the status of each. */
const STATUS = { invalid_request: 400, invalid_token: 401, insufficient_scope: 403 } as const

/** What every challenge of a server says besides the error; oauth adds scope and resource_metadata. */
export type ChallengeParameters = Record<string, string>

/**
 * Makes the refusals of a server that wants bearer tokens, each with its WWW-Authenticate header. Without an error
 * code it is the answer to a request that carried no token at all: 401 and a bare challenge.
 */
export class Challenger {
  readonly #parameters: ChallengeParameters

  constructor(parameters: ChallengeParameters = {}) {
    this.#parameters = parameters
  }

  /** The refusal for an error; `more` replaces parameters of the same name. */
  refusal(error?: keyof typeof STATUS, more: ChallengeParameters = {}, id?: RequestId): Refusal {
    const parameters = { realm: 'weather', ...(error && { error }), ...this.#parameters, ...more }
    const challenge = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`)
    const status = error ? STATUS[error] : 401
    const message = error === undefined ? 'Authorization is required' : `Refused: ${error.replace('_', ' ')}`
    return new Refusal(status, CODE.refused, message, {
      id,
      headers: { 'WWW-Authenticate': `Bearer ${challenge.join(', ')}` },
    })
  }
}
