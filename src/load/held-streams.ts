import type { Listening, Session } from './dialect.js'
import type { Share } from './pacer.js'
import type { openStream, StreamRequest } from './stream.js'
import type { Tally } from './tally.js'

/** What held streams need. */
export interface HeldStreamsParts {
  /** How many are to be held, by all threads together, and which of them are ours. */
  count: number
  share: Share
  /** The time over which they are opened, evenly, in ms. */
  spreadMs: number
  /** A stream without what asks for it. */
  request: Omit<StreamRequest, keyof Listening>
  open: typeof openStream
  /** The session of our own n-th stream, counted from 0; undefined when it could not be opened. */
  session(number: number): Session | undefined
  /** What asks for a stream, counted from 0 over all threads. */
  listening(session: Session, number: number): Listening
  tally: Tally
}

/** Event streams that are opened one after another and held to the end, while calls go on. */
export class HeldStreams {
  /** How many are held now. */
  held = 0
  private readonly closers: (() => void)[] = []
  private startedAt = Number.POSITIVE_INFINITY
  /** Ours that were asked for, and whether it is known that there are none. */
  private asked = 0
  private unsupported = false

  constructor(private readonly parts: HeldStreamsParts) {}

  start(now: number): void {
    this.startedAt = now
  }

  /** Opens those that are due; returns when the next one is, in ms, or Infinity. */
  beat(now: number): number {
    for (let due = this.due(); due <= now; due = this.due()) this.openNext()
    return this.due()
  }

  /** Lets go of all of them. */
  stop(): void {
    for (const close of this.closers) close()
  }

  private due(): number {
    const { count, share, spreadMs } = this.parts
    const number = share.index + this.asked * share.of
    return number >= count || this.unsupported ? Number.POSITIVE_INFINITY : this.startedAt + (number / count) * spreadMs
  }

  private openNext(): void {
    const { request, open, session, listening, share, tally } = this.parts
    const number = share.index + this.asked * share.of
    const { streams } = tally
    const own = session(this.asked++)
    streams.asked++
    if (!own) return this.refused('its session could not be opened')
    let silent = true
    const close = open(
      { ...request, ...listening(own, number) },
      {
        held: () => {
          this.held++
          streams.held++
        },
        refused: (message, status, none) => this.refused(message, status, none),
        event: () => {
          streams.events++
          if (silent) streams.heard++
          silent = false
        },
        ended: () => {
          this.held--
          streams.dropped++
        },
      },
    )
    this.closers.push(close)
  }

  private refused(message: string, status?: number, none = false): void {
    const { tally } = this.parts
    tally.streams.refused++
    tally.firstRefusal ??= { held: this.held, message, ...(status === undefined ? {} : { status }) }
    if (none) this.unsupported = true
  }
}
