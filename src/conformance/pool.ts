import type { Revision } from '../protocol/revisions.js'
import type { LoadedCheck } from './check.js'
import type { RunContext } from './client.js'
import type { Evidence } from './evidence.js'

/** A check at one revision, and what it exchanges. */
export interface Job {
  check: LoadedCheck
  revision?: Revision
  /** Older revisions at which the check is judged as well. */
  older?: readonly Revision[]
  /** It is judged at one of those: with a tour that listens to nothing. */
  brief?: boolean
  evidence: Evidence
}

/** A job that runs, or the early part of one that runs later. */
export interface Turn {
  job: Job
  early?: boolean
}

/** How many checks a server gets at once: one that takes long over a handshake because it waits is kept busy by nobody. */
export function widthFor({ facts }: RunContext): number {
  if (facts.strained) return 3
  return facts.waits ? 32 : 16
}

/** After how many ms without a request a check is only waiting: for a slow tool, or in vain. */
export function quietAfter({ facts }: RunContext): number {
  return Math.max(40, 10 * facts.handshakeMs)
}

/** A check that has sent nothing for so many ms waits for a slow tool, whatever else keeps the machine busy. */
const longQuietMs = 600

/**
 * Runs turns side by side and yields each with its outcome as it ends. Those that have sent nothing for `quietMs` hold no place, so
 * that the others go on; but there are never more than twice as many, or four times with those that have long been quiet: it may be the
 * server that is behind, and more work would only hold it up.
 */
export async function* pool<R>(
  turns: readonly Turn[],
  width: number,
  quietMs: number,
  work: (turn: Turn) => Promise<R>,
): AsyncGenerator<[Turn, R]> {
  const running = new Map<Turn, Promise<[Turn, R]>>()
  const queue = [...turns]
  const hasRoom = () => {
    if (width === 1) return running.size === 0
    const quiet = [...running.keys()].map(({ job }) => job.evidence.quietMs())
    const within = (ms: number) => quiet.filter((one) => one < ms).length
    return within(quietMs) < width && within(longQuietMs) < 2 * width && running.size < 4 * width
  }
  while (queue.length > 0 || running.size > 0) {
    while (queue.length > 0 && hasRoom()) {
      const turn = queue.shift()!
      turn.job.evidence.begin()
      running.set(
        turn,
        work(turn).then((result) => [turn, result]),
      )
    }
    const ended = await first([...running.values()], queue.length > 0 ? Math.min(250, quietMs / 2) : undefined)
    if (!ended) continue
    running.delete(ended[0])
    yield ended
  }
}

/** The first of some promises to resolve; undefined when none does within `ms`. */
async function first<T>(all: Promise<T>[], ms?: number): Promise<T | undefined> {
  if (ms === undefined) return Promise.race(all)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([...all, late])
  } finally {
    clearTimeout(timer)
  }
}
