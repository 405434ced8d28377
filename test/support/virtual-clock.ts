import type { Alarm, Clock } from '../../src/load/clock.js'

interface Timer {
  time: number
  order: number
  act: () => void
}

/** A clock whose time passes only as fast as there is something to do. */
export class VirtualClock implements Clock {
  private time = 1000
  private order = 0
  private timers: Timer[] = []

  now(): number {
    return this.time
  }

  at<Subject>(time: number, action: (subject: Subject) => void, subject: Subject): Alarm {
    const timer = { time: Math.max(time, this.time), order: this.order++, act: () => action(subject) }
    this.timers.push(timer)
    return {
      cancel: () => {
        this.timers = this.timers.filter((one) => one !== timer)
      },
    }
  }

  sharpAt(time: number, action: () => void): Alarm {
    return this.at(time, action, undefined)
  }

  /** Lets time pass until the promise settles; throws when it never will. */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let settled = false
    promise.then(
      () => {
        settled = true
      },
      () => {
        settled = true
      },
    )
    for (let idle = 0; idle < 100; ) {
      // Everything that waits for a promise goes first.
      await new Promise((resolve) => setImmediate(resolve))
      if (settled) return promise
      idle = this.next() ? 0 : idle + 1
    }
    throw new Error('nothing more will happen')
  }

  private next(): boolean {
    this.timers.sort((a, b) => a.time - b.time || a.order - b.order)
    const { time } = this.timers[0] ?? {}
    if (time === undefined) return false
    this.time = time
    // All that is due at this moment, and what it makes due at once, without waiting for promises in between.
    while (this.timers[0] && this.timers[0].time <= time) {
      this.timers.shift()!.act()
      this.timers.sort((a, b) => a.time - b.time || a.order - b.order)
    }
    return true
  }
}
