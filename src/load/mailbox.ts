/** What one side puts in whenever it likes, and another reads in order when it gets to it. */
export class Mailbox<Item> {
  private items: Item[] = []
  private closed = false
  private error: unknown
  private wake = () => {}

  put(item: Item): void {
    this.items.push(item)
    this.wake()
  }

  /** Nothing more will come; with an error, reading ends by throwing it. */
  close(error?: unknown): void {
    this.closed = true
    this.error = error
    this.wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void> {
    for (;;) {
      const items = this.items
      this.items = []
      yield* items
      if (this.items.length > 0) continue
      if (this.closed && this.error !== undefined) throw this.error
      if (this.closed) return
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }
}
