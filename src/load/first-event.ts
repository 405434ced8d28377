const lf = 10
const cr = 13

/** Watches the bytes of an event stream until its first event is whole: a block with a `data` field, closed by an empty line. */
export class FirstEvent {
  #line = ''
  #data = false
  #afterCr = false

  /** Takes the next bytes; true once the first event has ended within them. A comment or a bare `id` is no event. */
  ends(bytes: Uint8Array): boolean {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (byte === lf && this.#afterCr) this.#afterCr = false
      else if (byte === lf || byte === cr) {
        this.#afterCr = byte === cr
        if (this.#line === '' && this.#data) return true
        if (this.#line === 'data' || this.#line === 'data:') this.#data = true
        this.#line = ''
      } else {
        this.#afterCr = false
        if (this.#line.length < 5) this.#line += String.fromCharCode(byte)
      }
    }
    return false
  }
}
