import type { Outcome } from '../report/run.js'
import type { Account, Exchange } from '../wire/exchange.js'
import type { Wire } from '../wire/http.js'
import type { LoadedCheck } from './check.js'

/** Suites in which a breach is a breach whatever else was refused: something let somebody in. */
const guarding = ['auth', 'security', 'isolation']

/** Why a check saw less than it asked for, if it did. */
export function unseen(accounts: readonly Account[], exchanges: readonly Exchange[], wire: Wire): string | undefined {
  if (accounts.some((one) => wire.refused.has(one)))
    return 'the server limits the rate of requests (429), also of those sent slowly'
  if (exchanges.some(({ ended }) => ended === 'too-large')) return 'an answer was longer than what is read of one'
  return undefined
}

/** What a check found that saw less than it asked for: nothing, unless what it found was no refusal and is a danger. */
export function doubted(outcome: Outcome, check: LoadedCheck, message: string): Outcome {
  const refusal = /^HTTP 429\b/.test(String(outcome.actual))
  if (!refusal && guarding.includes(check.suite)) return outcome
  return { status: 'not-testable', message }
}
