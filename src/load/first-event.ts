const lf = 10
const cr = 13
const colon = 58
const name = Buffer.from('data')

/** Watches a growing event stream until its first event is whole: a block with a `data` field, closed by an empty line. */
export class FirstEvent {
  #seen = 0
  /** Bytes of the line so far, and how many of them spell `data`. */
  #column = 0
  #spelt = 0
  #data = false
  #afterCr = false

  /** Looks at what was added to the stream; true once its first event has ended. A comment or a bare `id` is no event. */
  endsIn(stream: Uint8Array): boolean {
    for (; this.#seen < stream.length; this.#seen++) {
      const byte = stream[this.#seen]!
      if (byte === lf || byte === cr) {
        const second = byte === lf && this.#afterCr
        this.#afterCr = byte === cr
        if (second) continue
        if (this.#column === 0 && this.#data) return true
        if (this.#spelt === name.length && this.#column === name.length) this.#data = true
        this.#column = 0
        this.#spelt = 0
      } else {
        this.#afterCr = false
        if (this.#column === this.#spelt && byte === name[this.#spelt]) this.#spelt++
        if (this.#column === name.length && this.#spelt === name.length && byte === colon) this.#data = true
        this.#column++
      }
    }
    return false
  }
}
