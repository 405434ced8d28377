/** Somebody who can be told that a resource changed. */
export interface Subscriber {
  isSubscribed(uri: string): boolean
  resourceUpdated(uri: string): void
}

/** All conversations that may hold subscriptions, so that a change seen in one is told in each. */
export class SubscriptionBoard {
  readonly #subscribers = new Set<Subscriber>()

  /** Adds a conversation; it stays until {@link leave}. */
  join(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber)
  }

  /** Removes a conversation that has ended. */
  leave(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber)
  }

  /** Tells those who subscribed to this resource, and nobody else (resources-updated-only-subscribed). */
  touch(uri: string): void {
    for (const subscriber of this.#subscribers) if (subscriber.isSubscribed(uri)) subscriber.resourceUpdated(uri)
  }
}
