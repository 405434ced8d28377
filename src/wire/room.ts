/** Room for so many at a time; who comes later waits for one to leave. */
export class Room {
  private readonly waiting: (() => void)[] = []

  constructor(private free: number) {}

  /** Resolves once there is room, which is given back when `done` resolves; gives up waiting when that comes first. */
  async enter(done: Promise<unknown>): Promise<void> {
    if (this.free > 0) this.free--
    else await Promise.race([new Promise<void>((resolve) => this.waiting.push(resolve)), done])
    done.then(() => this.leave())
  }

  private leave(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.free++
  }
}
