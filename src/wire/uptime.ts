import type { Account } from './exchange.js'
import { takesConnections } from './knock.js'
import type { Reply } from './reply.js'

/** A server that was started for the run and may end in the middle of it. */
export interface StartedProcess {
  /** Resolves when it has ended, with how. */
  ended: Promise<string>
  /** The last lines it printed, secrets redacted. */
  output(): Promise<string>
}

/** One time the server went away under our hands. */
export interface Crash {
  /** What had been sent and not answered at that moment, oldest first. */
  inFlight: Account[]
  /** Where nothing was: what had been answered last. */
  before: Account[]
  /** Whether it stayed away, or was back after so many ms. */
  after: 'stayed away' | 'came back'
  awayMs: number
  /** How its process ended, and the last lines it printed, where that is known. */
  how?: string
  output?: string
}

/** An exchange the server broke off. */
interface Failure {
  account?: Account
  at: number
  sent: number
  /** Whether it may have reached the server, and whether an answer had begun. */
  arrived: boolean
  answering: boolean
}

/** A server that has gone is waited for so many ms, and looked for at this distance. */
const longestAway = 10_000
const againMs = 100

/** After the second time nothing more is sent. */
const mostLives = 2

/** What fails within so many ms of each other has failed of the same. */
const momentMs = 100

/** How long after the last failures a server that is found gone may have died of them, in ms. */
const sinceMs = 500

/** So long after a process that was started is missed it may be told as ended, in ms. */
const endingMs = 500

/**
 * Notices that the server under check has gone: it answered before, an exchange was broken off, and now nobody takes connections. Then
 * nothing more is sent until it is back; what was sent in its earlier life is lost. After the second time, or when it stays away, it is over.
 */
export class Uptime {
  readonly crashes: Crash[] = []
  /** Exchanges that were under way when the server went away. */
  readonly cut = new WeakSet<Account>()
  /** Nothing more is sent. */
  over = false
  /** False while a server that goes away is not waited for: as long as nothing is known of it. */
  awaited = false
  private lives = 0
  private origin?: URL
  private started?: StartedProcess
  private answered = false
  private readonly underWay = new Map<Reply, Account | undefined>()
  private failures: Failure[] = []
  private lately: { account: Account; at: number }[] = []
  private looking: Promise<void> | undefined
  /** Resolves when something may be sent again. */
  private held = Promise.resolve()
  private tellEnd: () => void = () => {}
  private ending = this.begun()

  /** Watches the server of a URL; the process is the one that was started for it. */
  watch(url: string, started?: StartedProcess): void {
    this.origin = new URL(url)
    if (!started) return
    this.started = started
    this.answered = true
  }

  /** How many lives of the server are over. */
  get life(): number {
    return this.lives
  }

  /** Resolves when the server goes away next. */
  get end(): Promise<void> {
    return this.ending
  }

  /** Resolves when the server is there, or is given up. */
  turn(): Promise<void> {
    return this.held
  }

  /** True for what belongs to an earlier life of the server, or when there is no server any more. */
  isLost(life: number | undefined): boolean {
    return this.over || (life !== undefined && life !== this.life)
  }

  /** Waits for nothing any more: the run is over. */
  giveUp(): void {
    this.over = true
  }

  /** Resolves when it is clear whether the server has gone. */
  async settled(): Promise<void> {
    await this.looking
  }

  /** An exchange begins. */
  begin(url: string, reply: Reply, account?: Account): void {
    if (!this.origin || new URL(url).origin !== this.origin.origin) return
    this.underWay.set(reply, account)
    void reply.finished.then(() => this.ended(reply, account))
  }

  private ended(reply: Reply, account: Account | undefined): void {
    this.underWay.delete(reply)
    if (reply.status > 0) this.answered = true
    if (reply.ended === 'complete') {
      if (account) this.lately = [...this.lately.slice(-4), { account, at: performance.now() }]
      return
    }
    const kind = reply.error?.kind
    if (!this.answered || (kind !== 'reset' && kind !== 'refused')) return
    this.failures.push({
      ...(account ? { account } : {}),
      at: performance.now(),
      sent: reply.started,
      arrived: kind === 'reset',
      answering: reply.status > 0,
    })
    this.looking ??= this.look()
  }

  private async look(): Promise<void> {
    let asked: number
    do {
      asked = performance.now()
      let goOn = () => {}
      this.held = new Promise((resolve) => {
        goOn = resolve
      })
      if (!(await takesConnections(this.origin!, goOn))) await this.gone(asked)
      else this.failures = this.failures.filter(({ at }) => at > asked)
      goOn()
    } while (!this.over && this.failures.some(({ at }) => at > asked))
    this.looking = undefined
  }

  private async gone(noticed: number): Promise<void> {
    // By then all that was under way has failed as well.
    await pause(momentMs)
    const suspects = this.suspects(noticed)
    this.endLife()
    if (this.lives >= mostLives || !this.awaited) this.over = true
    const how = await this.processEnded()
    const returned = this.awaited && how === undefined && this.lives < mostLives && (await this.isBack())
    const output = how === undefined ? '' : ((await this.started?.output().catch(() => '')) ?? '')
    this.note({
      ...suspects,
      after: returned ? 'came back' : 'stayed away',
      awayMs: performance.now() - noticed,
      ...(how === undefined ? {} : { how }),
      ...(output === '' ? {} : { output }),
    })
  }

  private note(crash: Crash): void {
    this.crashes.push(crash)
    this.over = crash.after === 'stayed away' || this.lives >= mostLives
    this.failures = []
  }

  private suspects(noticed: number): Pick<Crash, 'inFlight' | 'before'> {
    const lost = this.failures.filter(({ at }) => at > noticed - sinceMs)
    for (const { account } of lost) if (account) this.cut.add(account)
    for (const account of this.underWay.values()) if (account) this.cut.add(account)
    const waiting = lost.filter(({ arrived, answering, sent }) => arrived && !answering && sent < noticed)
    const inFlight = waiting.sort((a, b) => a.sent - b.sent)
    const before = this.lately.filter(({ at }) => at > noticed - sinceMs)
    return {
      inFlight: inFlight.flatMap(({ account }) => account ?? []),
      before: inFlight.length > 0 ? [] : before.map(({ account }) => account),
    }
  }

  private async processEnded(): Promise<string | undefined> {
    if (!this.started) return undefined
    return Promise.race([this.started.ended.catch(() => undefined), pause(endingMs)])
  }

  private async isBack(): Promise<boolean> {
    const late = performance.now() + longestAway
    while (!this.over && performance.now() < late) {
      await pause(againMs)
      if (await takesConnections(this.origin!)) return true
    }
    return false
  }

  private begun(): Promise<void> {
    return new Promise((resolve) => {
      this.tellEnd = resolve
    })
  }

  private endLife(): void {
    this.lives++
    this.tellEnd()
    this.ending = this.begun()
  }
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms))
}
