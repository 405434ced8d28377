import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createRequestStateCodec } from '@modelcontextprotocol/server'
import { invalidParams } from '../protocol/error.js'
import type { Answers } from './answers.js'

interface Sealed {
  request: string
  answers: Answers
  nonce: string
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** What a requestState belongs to: a user, a method, and its params whatever their order. */
export function requestDigest(principal: string, method: string, params: object): string {
  return createHash('sha256')
    .update(JSON.stringify([principal, method, params], sortKeys))
    .digest('base64url')
}

/**
 * Seals what a call has learned between its rounds, so that the server remembers nothing: signed with a key of this
 * process, short-lived, and good for one user's one request (mrtr-tampered-state-rejected, mrtr-state-bound-to-principal,
 * mrtr-state-expires, mrtr-state-bound-to-request).
 */
export class RequestStates {
  readonly #codec

  constructor(seconds: number) {
    this.#codec = createRequestStateCodec<Sealed>({ key: randomBytes(32), ttlSeconds: seconds })
  }

  /** The requestState for these answers; `request` is a {@link requestDigest}. */
  seal(request: string, answers: Answers): Promise<string> {
    // Never the same twice, though nobody could make one (security-state-handle-nondeterministic).
    return this.#codec.mint({ request, answers, nonce: randomUUID() })
  }

  /** The answers in a requestState; -32602 for one that was altered, has expired or belongs to another request. */
  async open(request: string, state: string): Promise<Answers> {
    const sealed = await this.#codec.verify(state, undefined as never).catch(() => undefined)
    if (sealed?.request !== request) throw invalidParams('Invalid or expired requestState')
    return sealed.answers
  }
}
