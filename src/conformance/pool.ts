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

/** How many checks a server gets at once: more where a handshake is done at once, most where it waits for it and nobody keeps it busy. */
export function widthFor({ facts }: RunContext): number {
  if (facts.strained) return 3
  if (facts.waits) return 32
  return facts.handshakeMs < 20 ? 24 : 16
}

/** After how many ms without a request a check is only waiting: for a slow tool, or in vain. */
export function quietAfter({ facts }: RunContext): number {
  return Math.max(40, 10 * facts.handshakeMs)
}

/**
 * Runs turns side by side and yields each with its outcome as it ends. Those that have sent nothing for `quietMs` hold no place, so
 * that the others go on; but there are never more than four times as many, since it may be the server that is behind.
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
    const busy = [...running.keys()].filter(({ job }) => job.evidence.quietMs() < quietMs)
    return busy.length < width && running.size < (width > 1 ? 4 * width : 1)
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
