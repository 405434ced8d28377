import type { Account } from '../wire/exchange.js'

/** What was exchanged for one check, in the order in which it came to know of it. */
export class Evidence {
  private accounts: Account[] = []
  /** How many of the exchanges the check made itself. */
  made = 0
  private open = true
  private last = performance.now()

  /** For one of several judgements of a check: what it makes is counted in the `whole` as well. */
  constructor(private readonly whole?: Evidence) {}

  /** The check begins. */
  begin(): void {
    this.last = performance.now()
  }

  /** For how many ms the check has sent nothing. */
  quietMs(): number {
    return performance.now() - this.last
  }

  /** Takes an exchange of the check's own. */
  readonly record = (account: Account): void => {
    this.count()
    this.show(account)
  }

  private count(): void {
    if (this.open) this.made++
    this.last = performance.now()
    this.whole?.count()
  }

  /** Takes an exchange that another check made and this one looks at. */
  readonly show = (account: Account): void => {
    if (this.open) this.accounts.push(account)
  }

  /** Takes nothing more: the check is over. */
  close(): void {
    this.open = false
  }

  /** Hands out what was exchanged and lets go of it: whole answers are behind it. */
  release(): Account[] {
    const accounts = this.accounts
    this.accounts = []
    return accounts
  }
}
