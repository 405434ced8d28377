import type { Level } from '../protocol/requirement.js'
import type { Outcome } from '../report/run.js'
import { BudgetSpent } from '../wire/budget.js'
import { Undecided, Violation } from './violation.js'

/** Turns what a check threw into its outcome. A Violation fails at MUST and warns below; whatever we do not know is our own trouble. */
export function outcomeOf(thrown: unknown, level: Level): Outcome {
  if (thrown instanceof Undecided) return { status: thrown.status, message: thrown.message }
  if (thrown instanceof BudgetSpent) return { status: 'not-testable', message: thrown.message }
  if (thrown instanceof Violation) {
    const status = level === 'MUST' && thrown.severity !== 'warn' ? 'fail' : 'warn'
    return {
      status,
      message: thrown.message,
      ...(thrown.expected === undefined ? {} : { expected: thrown.expected }),
      ...(thrown.actual === undefined ? {} : { actual: thrown.actual }),
    }
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  return {
    status: 'error',
    message: `the check itself broke: ${error.stack?.split('\n').slice(0, 3).join(' ') ?? error.message}`,
  }
}
