import { hkdfSync, randomBytes } from 'node:crypto'

/** A seed that nobody can guess. */
export function freshSeed(): string {
  return randomBytes(12).toString('hex')
}

/**
 * What a run makes up, all of it from one text: canaries, ids, keys, signatures. The same seed gives the same bytes to whoever asks under the
 * same name for the same time, whatever else goes on beside it; without the seed nobody can guess them. RFC 5869.
 */
export class Seed {
  private readonly asked = new Map<string, number>()

  constructor(readonly text = freshSeed()) {}

  /** Bytes that no other name, and no other call under this one, is given. */
  bytes(length: number, name: string): Buffer {
    const time = (this.asked.get(name) ?? 0) + 1
    this.asked.set(name, time)
    return Buffer.from(hkdfSync('sha256', this.text, '', `${name} ${time}`, length))
  }

  /** A name or text that nothing on a server has. */
  canary(name: string, prefix = 'gauntlet-canary'): string {
    return `${prefix}-${this.bytes(6, name).toString('hex')}`
  }
}
