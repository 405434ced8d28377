/** What came back for one request: a result, an error, or why neither came. */
export type Answer = { result: unknown } | { error: unknown } | { none: string }

/** One form of a server, connected: the same to ask on both. */
export interface Side {
  /** The revision it agreed to. */
  readonly revision: string
  readonly modern: boolean
  /** What it says of itself. */
  readonly hello: { capabilities: Record<string, unknown>; serverInfo: unknown; instructions?: unknown }
  /** Every revision it serves, oldest first. */
  readonly revisions: readonly string[]
  /** Notifications and requests received so far, over all channels. */
  readonly received: readonly unknown[]
  /** How long notifications may come after the answer they belong to, in ms; 0 where the answer ends what carries them. */
  readonly settleMs: number
  ask(method: string, params?: Record<string, unknown>): Promise<Answer>
  /** Lets go of it. */
  close(): Promise<void>
}

/** Why a form could not be compared: one sentence for the user. */
export class SideMissing extends Error {}

/** The most a form may be waited for, in ms: the first answer, and every other. */
export const waits = { first: 30_000, other: 10_000 }
