/** What is waited for: calls of tools may work long, all else answers alike soon. */
export type Work = 'tool' | 'other'

/** What a request with that body asks of the server. */
export function workOf(body: unknown): Work {
  return typeof body === 'string' && /"method"\s*:\s*"tools\/call"/.test(body) ? 'tool' : 'other'
}

/** How long to wait for answers, learnt from those that came and those that did not. */
export interface Patience {
  /** The wait that anything gets, in ms: less than the longest where answers took long. */
  base(): number
  /** The longest wait now, in ms: for one kind of work, or whatever it is. */
  bound(work?: Work): number
  /** True once so many answers failed to come that nothing speaks for waiting longer. */
  tired(): boolean
  /** Raises the longest wait to at least so many ms. */
  raise(ms: number): void
  /** An answer was waited for in vain. */
  inVain(): void
  /** An answer came after so many ms. */
  answered(ms: number, work?: Work): void
}

/** A server whose answers took long is waited for up to so many ms. */
const longestForSlow = 30_000

/**
 * Waits `longest` ms for an answer, and less once several have failed to come, so that a server that loses many answers does not
 * hold up a run: a fifth of it in the end, but never less than four times the slowest answer seen to work of that kind. Unless `fixed`, that may be
 * more than `longest`: an answer that takes a while on a busy machine must not pass for one that never comes.
 */
export function patience(longest: number, fixed = false): Patience {
  let most = longest
  let vain = 0
  const slowest = { tool: 0, other: 0 }
  const base = () => most * (vain < 4 ? 1 : vain < 12 ? 0.4 : 0.2)
  return {
    base,
    bound(work) {
      const took = work ? slowest[work] : Math.max(slowest.tool, slowest.other)
      return Math.min(fixed ? most : Math.max(most, longestForSlow), Math.max(base(), took * 4))
    },
    raise(ms) {
      most = Math.max(most, ms)
    },
    tired: () => vain >= 4,
    inVain: () => void vain++,
    answered(ms, work = 'other') {
      slowest[work] = Math.max(slowest[work], ms)
    },
  }
}
