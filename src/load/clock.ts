/** Something that will be done later; calling off what has been done changes nothing. */
export interface Alarm {
  cancel(): void
}

/** Time as load sees it, in ms. Tests put a virtual one in its place. */
export interface Clock {
  now(): number
  /** Calls `action(subject)` at a time, as soon after it as can be. */
  at<Subject>(time: number, action: (subject: Subject) => void, subject: Subject): Alarm
  /** Like `at`, on the dot: costs more CPU, for the starts of requests. */
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
  sharpAt(time, action) {
    const alarm = new SharpAlarm(time, action)
    alarm.wait()
    return alarm
  },
}

/** A timer of Node is late by up to this many ms; the last stretch before a due time is spent looking at the clock instead. */
const slack = 1.1

/** The rest below this is not worth another look. */
const sharpness = 0.05

class SharpAlarm implements Alarm {
  private timer: NodeJS.Timeout | undefined
  private immediate: NodeJS.Immediate | undefined
  private readonly wake = () => this.wait()

  constructor(
    private readonly time: number,
    private readonly action: () => void,
  ) {}

  wait(): void {
    const left = this.time - performance.now()
    if (left >= slack + 1) this.timer = setTimeout(this.wake, Math.floor(left - slack))
    else if (left > sharpness) this.immediate = setImmediate(this.wake)
    else this.immediate = setImmediate(this.action)
  }

  cancel(): void {
    clearTimeout(this.timer)
    clearImmediate(this.immediate)
  }
}
