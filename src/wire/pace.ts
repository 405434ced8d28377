/** A server that asks for longer than this is not waited for, in s. */
const longestPause = 10

/** Once so many ms have been waited and a third of the requests is refused all the same, nothing more is waited for. */
const longestInVain = 60_000

/** The least and the most ms between two requests to a server that has refused some. */
const [least, most] = [20, 1000]

/**
 * How fast a server wants to be asked: as fast as the checks do, until it refuses with 429. Then nobody asks before Retry-After is over, and
 * from there on one request follows another at a distance, which grows with every further refusal and shrinks a little with every answer. A
 * server that refuses most of what comes that slowly is not waited for any more. RFC 6585 section 4 (429), RFC 9110 section 10.2.3 (Retry-After).
 */
export class Pace {
  /** How many answers were 429, and how many requests got no other one in the end. */
  refused = 0
  stood = 0
  private distance = 0
  private last = 0
  private openAt = 0
  private changed = 0
  private paused = 0
  /** Requests sent at a distance, and how many of these were refused. */
  private readonly slow = { sent: 0, refused: 0 }
  private line = Promise.resolve()

  /** Resolves when the next request may be sent; undefined where it may at once, since the server has refused none lately. */
  turn(): Promise<void> | undefined {
    if (this.distance < 1 || this.hopeless) return undefined
    this.line = this.line.then(() => this.wait())
    return this.line
  }

  /** Takes note of an answer to what was sent then; true when its request should be sent once more. */
  again(status: number, sent: number, retryAfter: string | undefined): boolean {
    if (status !== 429) {
      if (status > 0) this.distance *= 0.99
      return false
    }
    this.refused++
    const seconds = secondsOf(retryAfter ?? '')
    if (!(seconds >= 0 && seconds <= longestPause)) return false
    if (sent >= this.changed) this.widen()
    const now = performance.now()
    const from = Math.max(now, this.openAt)
    this.openAt = Math.max(this.openAt, now + seconds * 1000)
    this.paused += Math.max(0, this.openAt - from)
    return !this.hopeless
  }

  /** What was under way when the distance was changed says nothing against the new one. */
  private widen(): void {
    if (this.changed > 0) this.slow.refused++
    this.distance = Math.min(most, Math.max(least, this.distance * 2))
    this.changed = performance.now()
  }

  private get hopeless(): boolean {
    const { sent, refused } = this.slow
    return (refused >= 8 && refused > 0.4 * sent) || (this.paused > longestInVain && refused > sent / 3)
  }

  private async wait(): Promise<void> {
    for (;;) {
      const left = Math.max(this.last + this.distance, this.openAt) - performance.now()
      if (left <= 0 || this.hopeless) break
      await new Promise((resolve) => setTimeout(resolve, left))
    }
    this.last = performance.now()
    this.slow.sent++
  }
}

/** A Retry-After value, which is a number of seconds or a date, as seconds from now; NaN when it is neither. */
function secondsOf(value: string): number {
  const seconds = value.trim() === '' ? Number.NaN : Number(value)
  return Number.isNaN(seconds) ? Math.max(0, (Date.parse(value) - Date.now()) / 1000) : seconds
}
