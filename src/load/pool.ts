import type { Connection, Engine, EngineHandlers, EngineOptions } from './engine.js'
import type { Link, State } from './link.js'

/** The connections of an engine: how many there are, their deadlines, their end. What a connection is, is for `make` to say. */
export class Pool<Slot> implements Engine<Slot> {
  readonly #links = new Set<Link<Slot>>()
  #made = 0
  #stopped = false
  #timer: NodeJS.Timeout | undefined
  #look: NodeJS.Immediate | undefined
  #timerAt = Number.POSITIVE_INFINITY

  constructor(
    readonly options: EngineOptions,
    readonly handlers: EngineHandlers<Slot>,
    readonly make: (index: number, pool: Pool<Slot>) => Link<Slot>,
  ) {}

  get connected(): number {
    return [...this.#links].filter(({ state }) => isUp(state)).length
  }

  resize(count: number): void {
    for (const link of this.#links) link.stay()
    const surplus = this.#links.size - count
    if (surplus > 0) for (const link of leavers([...this.#links], surplus)) link.leave()
    for (let missing = -surplus; missing > 0 && !this.#stopped; missing--)
      this.#links.add(this.make(this.#made++, this))
  }

  send(connection: Connection<Slot>, request: Buffer): void {
    ;(connection as Link<Slot>).send(request)
  }

  async stop(): Promise<number> {
    this.#stopped = true
    clearTimeout(this.#timer)
    clearImmediate(this.#look)
    const links = [...this.#links]
    const unanswered = links.filter(({ state }) => state === 'busy').length
    await Promise.all(links.map((link) => link.end()))
    return unanswered
  }

  /** A link tells that it is gone. */
  forget(link: Link<Slot>): void {
    this.#links.delete(link)
    if (!this.#stopped) this.handlers.onGone?.(link)
  }

  /** A link tells its next deadline. All waits are nearly alike, so that one timer, seldom moved, serves all requests. */
  watch(deadline: number): void {
    if (deadline >= this.#timerAt || this.#stopped) return
    clearTimeout(this.#timer)
    this.#timerAt = deadline
    const look = () => {
      // What came in time but was not read yet, since we were busy, is read before the check.
      this.#look = setImmediate(() => this.#overdue())
    }
    this.#timer = setTimeout(look, wait(deadline - performance.now()))
  }

  #overdue(): void {
    this.#timerAt = Number.POSITIVE_INFINITY
    const now = performance.now()
    for (const link of this.#links) if (link.deadline <= now) link.timeIsUp()
    let next = Number.POSITIVE_INFINITY
    for (const { deadline } of this.#links) next = Math.min(next, deadline)
    this.watch(next)
  }
}

/** A wait as timers take it: they fire at once when it does not fit 31 bits. */
function wait(ms: number): number {
  return Math.min(Math.max(1, Math.ceil(ms)), 2 ** 31 - 1)
}

function isUp(state: State): boolean {
  return state === 'idle' || state === 'busy' || state === 'answered'
}

/** Those that a smaller pool can best do without: first what is not up, then the idle, the youngest of each first. */
function leavers<Slot>(links: Link<Slot>[], count: number): Link<Slot>[] {
  const rank = ({ state }: Link<Slot>) => (isUp(state) ? (state === 'idle' ? 1 : 2) : 0)
  return links.toSorted((a, b) => rank(a) - rank(b) || b.index - a.index).slice(0, count)
}
