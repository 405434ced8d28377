import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'

const kept = new WeakMap<object, Map<string, Promise<unknown>>>()

/** Does something once per run and revision and hands the same outcome to every check that asks: for probes that several rules judge. */
export function once<T>(client: Client, what: string, make: () => Promise<T>): Promise<T> {
  const run = kept.get(client.facts) ?? new Map<string, Promise<unknown>>()
  kept.set(client.facts, run)
  const key = `${what} ${client.revision}`
  const found = run.get(key) ?? make()
  run.set(key, found)
  return found as Promise<T>
}

/** The answer to an initialize that offers this version, asked once per run. No session of use follows from it. */
export function handshake(client: Client, offer: string): Promise<Reply> {
  return once(
    client,
    `initialize with ${offer}`,
    async () => (await client.open({ offer, initialized: false })).opening,
  )
}
