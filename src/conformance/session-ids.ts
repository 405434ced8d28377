import { hash } from 'node:crypto'
import type { Client } from './client.js'
import { assume } from './expect.js'

/** How many sessions are opened for a sample of ids: at the same time, and one after the other. Fewer where a handshake is dear. */
const sizes = { cheap: [10, 4], dear: [8, 2] } as const

/** A sample of session ids, in the order they were issued, and the time meanwhile, in ms since 1970. */
interface Sample {
  ids: string[]
  from: number
  to: number
}

/** The ids that a run's sample of new sessions was given; opened once per revision and judged by several checks. */
export async function sampleSessionIds(client: Client): Promise<string[]> {
  return (await sample(client)).ids
}

async function sample(client: Client): Promise<Sample> {
  const sampled = await client.once('session ids', async (one) => {
    const from = Date.now()
    return { ids: await openMany(one), from, to: Date.now() }
  })
  assume(sampled.ids.length > 0, 'the server issues ids to most of the sessions that are opened')
  return sampled
}

async function openMany(client: Client): Promise<string[]> {
  const [together, inTurn] = sizes[client.handshakeIsDear ? 'dear' : 'cheap']
  const opened: (string | undefined)[] = []
  const open = async () => {
    const session = await client.open({ initialized: false })
    opened.push(session.id)
    return session
  }
  const openInTurn = async () => {
    for (let i = 1; i < inTurn; i++) await open()
    return open()
  }
  const [last] = await Promise.all([openInTurn(), ...Array.from({ length: together }, open)])
  const isKnown = (id: string | undefined) => id !== undefined
  if (opened.filter(isKnown).length < opened.length / 2) return []
  // An id is not given out again when its session has ended either.
  await last.delete()
  await Promise.all([open(), open()])
  return opened.filter(isKnown)
}

/**
 * How many bits of a set of ids differ from one to the next, at the very most: the sum over all positions of the spread of the
 * characters seen there. Random ids give more than 3 bits per character, counters and clocks only a few bits in all.
 */
export function bitsThatDiffer(ids: readonly string[]): number {
  const longest = Math.max(...ids.map((id) => id.length))
  let bits = 0
  for (let at = 0; at < longest; at++) {
    const counts = new Map<string, number>()
    for (const id of ids) counts.set(id.charAt(at), (counts.get(id.charAt(at)) ?? 0) + 1)
    for (const count of counts.values()) bits -= (count / ids.length) * Math.log2(count / ids.length)
  }
  return bits
}

/** The first id that is nothing but the hash of a small number or of the time of day, with what was hashed. */
export async function guessedId(client: Client): Promise<{ id: string; text: string } | undefined> {
  const { ids, from, to } = await sample(client)
  const plain = new Map(ids.map((id) => [id.replaceAll('-', '').toLowerCase().slice(0, 12), id]))
  for (const text of guesses(from, to)) {
    for (const name of ['md5', 'sha1', 'sha256']) {
      const id = plain.get(hash(name, text).slice(0, 12))
      if (id) return { id, text }
    }
  }
  return undefined
}

/** What a careless program hashes: counters, and the clock while the sample was taken, give or take a second. */
function* guesses(from: number, to: number): Generator<string> {
  for (let number = 0; number < 1000; number++) yield* [String(number), `session-${number}`, `session_${number}`]
  for (let ms = from - 1000; ms <= Math.min(to, from + 10_000) + 1000; ms++) yield String(ms)
}

/** Ids close to a given one: what somebody would try who has seen it. */
export function neighbours(id: string): string[] {
  const changed = (at: number) => id.slice(0, at) + successor(id.charAt(at)) + id.slice(at + 1)
  // The last character of base64 text may hold padding bits that decoders rightly ignore.
  const last = /^[0-9a-f-]+$|\d$/i.test(id) ? id.length - 1 : Math.max(0, id.length - 2)
  const found = [changed(last), changed(0), changed(id.length >> 1), id.slice(0, -4), `${id}0`]
  return [...new Set(found)].filter((one) => one !== id && one !== '')
}

function successor(character: string): string {
  for (const circle of ['0123456789', 'abcdef', 'ABCDEF']) {
    const at = circle.indexOf(character)
    if (at >= 0) return circle.charAt((at + 1) % circle.length)
  }
  return character === 'm' ? 'n' : 'm'
}
