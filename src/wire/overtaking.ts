/** How long after the answer to a later request an earlier one is still waited for, in ms. */
const graceMs = 1000

/**
 * Tells a lost answer from a slow server: where a later request was answered a while ago, the server has passed the earlier one by;
 * where none was, it may just be busy.
 */
export class Overtaking {
  /** Answers of the last moments: when the request was sent, and when the answer came. */
  private fresh: { sent: number; answered: number }[] = []
  /** When the latest of the requests was sent that were answered longer ago than the grace. */
  private latest = Number.NEGATIVE_INFINITY

  /** A request that was sent then has been answered now. Times as performance.now() tells. */
  answered(sent: number, now = performance.now()): void {
    this.fresh.push({ sent, answered: now })
    if (this.fresh.length > 200) this.settle(now)
  }

  /** True when a request sent later than this was answered more than a second ago. */
  passed(sent: number, now = performance.now()): boolean {
    this.settle(now)
    return this.latest > sent
  }

  private settle(now: number): void {
    const ripe = this.fresh.filter((one) => one.answered + graceMs <= now)
    if (ripe.length === 0) return
    this.latest = Math.max(this.latest, ...ripe.map((one) => one.sent))
    this.fresh = this.fresh.filter((one) => one.answered + graceMs > now)
  }
}
