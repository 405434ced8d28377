import type { Reply } from './reply.js'

/** Thrown when the run has spent its requests; the runner turns it into outcomes, never into a crash. */
export class BudgetSpent extends Error {
  constructor(limit: number) {
    super(`the request budget of ${limit} is spent; raise it with --max-requests`)
    this.name = 'BudgetSpent'
  }
}

/** How many requests a run may send, and how it behaves when a server asks for patience. */
export interface Budget {
  spent(): number
  throttled(): number
  /** Counts one request; throws BudgetSpent past the limit. */
  spend(): void
  /**
   * For a 429 with a Retry-After of at most 10 s: waits that long and returns the ms waited. Undefined: nothing to wait for, or more
   * than a minute was waited in all.
   */
  politePause(reply: Reply): Promise<number | undefined>
}

/** The most ms that a run waits in all because a server asks for patience. */
const longestPauses = 60_000

/** A budget of `limit` requests. RFC 6585 section 4 (429), RFC 9110 section 10.2.3 (Retry-After). */
export function budget(limit: number): Budget {
  let spent = 0
  let throttled = 0
  let paused = 0
  return {
    spent: () => spent,
    throttled: () => throttled,
    spend() {
      if (spent >= limit) throw new BudgetSpent(limit)
      spent++
    },
    async politePause(reply) {
      if (reply.status !== 429) return undefined
      throttled++
      const seconds = secondsOf(reply.header('retry-after') ?? '')
      if (!(seconds >= 0 && seconds <= 10) || paused >= longestPauses) return undefined
      paused += seconds * 1000
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
      return seconds * 1000
    },
  }
}

/** A Retry-After value, which is a number of seconds or a date, as seconds from now; NaN when it is neither. */
function secondsOf(value: string): number {
  const seconds = value.trim() === '' ? Number.NaN : Number(value)
  return Number.isNaN(seconds) ? Math.max(0, (Date.parse(value) - Date.now()) / 1000) : seconds
}
