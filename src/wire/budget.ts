/** Thrown when the run has spent its requests; the runner turns it into outcomes, never into a crash. */
export class BudgetSpent extends Error {
  constructor(limit: number) {
    super(`the request budget of ${limit} is spent; raise it with --max-requests`)
    this.name = 'BudgetSpent'
  }
}

/** How many requests a run may send. */
export interface Budget {
  spent(): number
  /** Counts one request; throws BudgetSpent past the limit. */
  spend(): void
}

/** A budget of `limit` requests. */
export function budget(limit: number): Budget {
  let spent = 0
  return {
    spent: () => spent,
    spend() {
      if (spent >= limit) throw new BudgetSpent(limit)
      spent++
    },
  }
}
