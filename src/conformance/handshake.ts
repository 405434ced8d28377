import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'

/** Offers all these versions at once, so that each `handshake` that follows finds its answer. */
export async function offerAll(client: Client, offers: readonly string[]): Promise<void> {
  await Promise.all(offers.map((offer) => handshake(client, offer)))
}

/** The name under which the answer to an initialize that offers this version is kept. */
export function handshakeWith(offer: string): string {
  return `initialize with ${offer}`
}

/** The answer to an initialize that offers this version, asked once per run. No session of use follows from it. */
export function handshake(client: Client, offer: string): Promise<Reply> {
  return client.once(
    handshakeWith(offer),
    async (one) => (await one.open({ offer, initialized: false })).opening,
    'run',
  )
}
