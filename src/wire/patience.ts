/** How long to wait for answers, learnt from those that came and those that did not. */
export interface Patience {
  /** The longest wait now, in ms. */
  bound(): number
  /** Raises the longest wait to at least so many ms. */
  raise(ms: number): void
  /** An answer was waited for in vain. */
  inVain(): void
  /** An answer came after so many ms. */
  answered(ms: number): void
}

/**
 * Waits `longest` ms for an answer, and less once several have failed to come, so that a server that loses many answers does not
 * hold up a run: a fifth of it in the end, but never less than four times the slowest answer seen.
 */
export function patience(longest: number): Patience {
  let most = longest
  let vain = 0
  let slowest = 0
  return {
    bound() {
      const share = vain < 4 ? 1 : vain < 12 ? 0.4 : 0.2
      return Math.min(most, Math.max(most * share, slowest * 4))
    },
    raise(ms) {
      most = Math.max(most, ms)
    },
    inVain: () => void vain++,
    answered(ms) {
      slowest = Math.max(slowest, ms)
    },
  }
}
