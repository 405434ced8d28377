import { PIXEL } from '../content/blobs.js'
import { Refusal } from '../core/jsonrpc.js'
import type { Json } from '../core/types.js'
import type { Turn } from './types.js'

/** A resource that changes all the time. */
export const TICKER = 'ledger:///ticker'
/** A resource with other words for every caller. */
export const MINE = 'ledger:///mine.txt'
/** A resource that `stir` announces. */
export const ALPHA = 'ledger:///books/alpha.txt'

const marks = { audience: ['user'], priority: 1, lastModified: '2026-08-01T08:00:00Z' }

/** The concrete resources. */
export const RESOURCES: Json[] = [
  { uri: ALPHA, name: 'alpha.txt', title: 'Alpha', mimeType: 'text/plain', size: 15, annotations: marks },
  { uri: 'ledger:///books/logo.png', name: 'logo.png', mimeType: 'image/png' },
  { uri: MINE, name: 'mine.txt', mimeType: 'text/plain' },
  { uri: TICKER, name: 'ticker', mimeType: 'text/plain' },
]

/** The templates. */
export const TEMPLATES: Json[] = [
  { uriTemplate: 'ledger:///accounts/{account}', name: 'account', mimeType: 'application/json' },
  { uriTemplate: 'ledger:///entries/{year}/{number}', name: 'entry' },
]

/** Names of the accounts, also offered as completions. */
export const ACCOUNTS = Array.from({ length: 130 }, (_, index) => `acc-${String(index + 1).padStart(3, '0')}`)

/** True for a URI that can be read. */
export function isKnown(uri: string): boolean {
  const account = /^ledger:\/\/\/accounts\/(acc-\d{3})$/.exec(uri)?.[1]
  if (account !== undefined) return ACCOUNTS.includes(account)
  return RESOURCES.some((resource) => resource.uri === uri) || /^ledger:\/\/\/entries\/\d{4}\/\d{1,3}$/.test(uri)
}

function contentsOf(uri: string, subject: string): Json {
  const plain = (text: string): Json => ({ uri, mimeType: 'text/plain', text })
  if (uri === ALPHA) return plain('Alpha: page one')
  if (uri === MINE) return plain(`notes of ${subject}, déjà vu`)
  if (uri === TICKER) return plain(`tick ${Date.now()}`)
  if (uri.endsWith('logo.png')) return { uri, mimeType: 'image/png', blob: PIXEL }
  return uri.includes('/accounts/')
    ? { uri, mimeType: 'application/json', text: JSON.stringify({ account: uri.slice(-7), balance: 42 }) }
    : plain(`an entry`)
}

/** Answers resources/read. */
export function readResource(turn: Turn): Json {
  const { uri } = turn.params
  if (typeof uri !== 'string' || uri.length > 2000 || !/^[a-z][a-z0-9+.-]*:[\x21-\x7e]*$/i.test(uri)) {
    throw new Refusal(-32602, 'uri has to be an absolute URI')
  }
  if (!isKnown(uri)) throw new Refusal(-32602, 'no resource lives at this URI', { uri })
  const cacheScope = uri === MINE ? 'private' : 'public'
  return { contents: [contentsOf(uri, turn.visit.subject)], ttlMs: uri === TICKER ? 0 : 60_000, cacheScope }
}
