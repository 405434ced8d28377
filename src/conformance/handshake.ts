import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'

/** The answer to an initialize that offers this version, asked once per run. No session of use follows from it. */
export function handshake(client: Client, offer: string): Promise<Reply> {
  return client.once(`initialize with ${offer}`, async () => (await client.open({ offer, initialized: false })).opening)
}
