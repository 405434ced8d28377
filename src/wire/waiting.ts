import { Overtaking } from './overtaking.js'
import { type Patience, patience, type Work } from './patience.js'

/** How long answers of one server are waited for: learnt from those that came, those that did not, and those that overtook others. */
export class Waiting {
  private readonly patience: Patience
  private readonly overtaking = new Overtaking()
  private lastSent = performance.now()
  /** False where the operator said how long to wait. */
  private readonly lenient: boolean

  /** `longestMs`: the longest wait for an answer, where the operator said it. */
  constructor(longestMs?: number) {
    this.patience = patience(longestMs ?? 5000, longestMs !== undefined)
    this.lenient = longestMs === undefined
  }

  /** The longest ordinary wait for an answer, in ms: what the operator said, less once many answers have failed to come. */
  get timeoutMs(): number {
    return this.patience.bound()
  }

  /** The wait that any answer gets, in ms. */
  get leastMs(): number {
    return this.patience.base()
  }

  /** Raises the longest wait: for a server that was seen to be slow. */
  raise(ms: number): void {
    this.patience.raise(ms)
  }

  /** Something is being sent to the server. */
  sent(): void {
    this.lastSent = performance.now()
  }

  /** An answer was waited for in vain. */
  inVain(): void {
    this.patience.inVain()
  }

  /** An answer came, maybe over another exchange than its request: when that was sent, how many ms it took, for what work. */
  answered(sent: number, ms: number, work: Work): void {
    this.patience.answered(ms, work)
    this.overtaking.answered(sent)
  }

  /**
   * How many ms an answer to what was sent then should still be waited for before that is asked again; 0 when it is lost. Beyond the ordinary
   * wait that is three times as long at most, and only while nothing shows that the server has gone on to later requests: on a busy machine
   * all answers come late, and none is lost. A server that has been sent nothing else for a while is not busy with us.
   */
  leftFor(sent: number, work?: Work): number {
    const waited = performance.now() - sent
    const [base, bound] = [this.patience.base(), this.patience.bound(work)]
    if (waited < base) return base - waited
    const isIdle = performance.now() - this.lastSent > base
    const ordinary = isIdle ? Math.min(bound, 2 * base) : bound
    if (waited < ordinary) return Math.min(1000, ordinary - waited)
    const lost = isIdle || this.patience.tired() || this.overtaking.passed(sent)
    if (!this.lenient || waited >= 3 * bound || lost) return 0
    return Math.min(250, 3 * bound - waited)
  }
}
