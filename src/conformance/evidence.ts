import type { Exchange } from '../wire/exchange.js'

/** What was exchanged for one check, in the order in which it came to know of it. */
export class Evidence {
  readonly exchanges: Exchange[] = []
  /** How many of the exchanges the check made itself. */
  made = 0
  private open = true
  private last = performance.now()

  /** The check begins. */
  begin(): void {
    this.last = performance.now()
  }

  /** For how many ms the check has sent nothing. */
  quietMs(): number {
    return performance.now() - this.last
  }

  /** Takes an exchange of the check's own. */
  readonly record = (exchange: Exchange): void => {
    if (this.open) this.made++
    this.last = performance.now()
    this.show(exchange)
  }

  /** Takes an exchange that another check made and this one looks at. */
  readonly show = (exchange: Exchange): void => {
    if (this.open) this.exchanges.push(exchange)
  }

  /** Takes nothing more: the check is over. */
  close(): void {
    this.open = false
  }
}
