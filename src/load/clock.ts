/** Something that will be done later; calling off what has been done changes nothing. */
export interface Alarm {
  cancel(): void
}

/** Time as load sees it, in ms. Tests put a virtual one in its place. */
export interface Clock {
  now(): number
  /** Calls `action(subject)` at a time, as soon after it as can be. */
  at<Subject>(time: number, action: (subject: Subject) => void, subject: Subject): Alarm
  /** Like `at`, but sharper where the clock can; for one waiter at a time, and for those whose lateness would be seen: the starts of requests. */
  sharpAt(time: number, action: () => void): Alarm
}

/** Waits until something holds, looking every `everyMs`, but no longer than `boundMs`; says whether it holds. */
export function until(clock: Clock, holds: () => boolean, boundMs: number, everyMs = 5): Promise<boolean> {
  const end = clock.now() + boundMs
  return new Promise((resolve) => {
    const look = () => {
      const now = clock.now()
      if (holds()) resolve(true)
      else if (now >= end) resolve(false)
      else clock.at(Math.min(end, now + everyMs), look, undefined)
    }
    look()
  })
}

/** `performance.now()` and the timers of Node. */
export const realClock: Clock = {
  now: () => performance.now(),
  at(time, action, subject) {
    const timer = setTimeout(action, Math.ceil(time - performance.now()), subject)
    return { cancel: () => clearTimeout(timer) }
  },
  sharpAt: (time, action) => realClock.at(time, action, undefined),
}
