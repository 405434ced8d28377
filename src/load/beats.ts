import type { Alarm, Clock } from './clock.js'

/** When to come again, and whether lateness would be seen. */
export interface NextBeat {
  at: number
  sharp: boolean
}

/** Comes back whenever something is due, until `endsAt` or until the signal says so. Times in ms. */
export function beats(
  clock: Clock,
  signal: AbortSignal,
  endsAt: number,
  beat: (now: number) => NextBeat,
): Promise<void> {
  return new Promise((resolve) => {
    let alarm: Alarm | undefined
    const finish = () => {
      signal.removeEventListener('abort', finish)
      alarm?.cancel()
      resolve()
    }
    const come = () => {
      const now = clock.now()
      if (now >= endsAt || signal.aborted) return finish()
      const next = beat(now)
      alarm =
        next.sharp && next.at < endsAt
          ? clock.sharpAt(next.at, come)
          : clock.at(Math.min(next.at, endsAt), come, undefined)
    }
    signal.addEventListener('abort', finish, { once: true })
    come()
  })
}
