/** Thrown by a check when the server breaks the rule under test. Expected and actual are data for reports, not prose. */
export class Violation extends Error {
  constructor(
    message: string,
    readonly expected?: unknown,
    readonly actual?: unknown,
    /** `warn` keeps a breach from failing the gate although the rule is a MUST: the text leaves room. */
    readonly severity?: 'warn',
  ) {
    super(message)
    this.name = 'Violation'
  }
}

/** Thrown when a rule cannot be judged: the control failed, something was missing, or time was up. Never a verdict about the rule. */
export class Undecided extends Error {
  constructor(
    readonly status: 'not-applicable' | 'not-testable' | 'error',
    message: string,
  ) {
    super(message)
    this.name = 'Undecided'
  }
}
