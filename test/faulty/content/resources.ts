import { Refusal } from '../core/jsonrpc.js'
import { TICKER } from '../core/session.js'
import type { Json, Turn } from '../core/types.js'
import { PIXEL } from './blobs.js'

const BOOKS: Record<string, { mimeType: string; text?: string; blob?: string }> = {
  'ledger:///books/alpha.txt': { mimeType: 'text/plain', text: 'Alpha: page one' },
  'ledger:///books/beta.txt': { mimeType: 'text/plain', text: 'Beta: déjà vu' },
  'ledger:///books/logo.png': { mimeType: 'image/png', blob: PIXEL },
  [TICKER]: { mimeType: 'text/plain', text: 'tick' },
}

/** Names of the accounts, also offered as completions. */
export const ACCOUNTS = Array.from({ length: 130 }, (_, index) => `acc-${String(index + 1).padStart(3, '0')}`)

/** The concrete resources. */
export function describeResources(revision: string): Json[] {
  return Object.entries(BOOKS).map(([uri, { mimeType, text, blob }]) => {
    const resource: Json = { uri, name: uri.split('/').at(-1), mimeType }
    const annotations: Json = { audience: ['user', 'assistant'], priority: 1 }
    if (revision >= '2025-06-18') annotations.lastModified = '2025-10-01T08:00:00Z'
    if (uri !== TICKER)
      resource.size = blob === undefined ? Buffer.byteLength(text ?? '') : Buffer.from(blob, 'base64').length
    if (uri.endsWith('alpha.txt')) resource.annotations = annotations
    if (revision >= '2025-06-18') resource.title = `Title of ${String(resource.name)}`
    return resource
  })
}

/** The templates. */
export function describeTemplates(revision: string): Json[] {
  const account: Json = {
    uriTemplate: 'ledger:///accounts/{account}',
    name: 'account',
    description: 'One account',
    mimeType: 'application/json',
  }
  const entry: Json = { uriTemplate: 'ledger:///entries/{year}/{number}', name: 'entry' }
  if (revision >= '2025-06-18') account.title = 'An account'
  return [account, entry]
}

/** Contents of a resource, or undefined when there is none. */
export function lookUp(uri: string): Json | undefined {
  if (Object.hasOwn(BOOKS, uri))
    return { uri, ...BOOKS[uri], ...(uri === TICKER ? { text: `tick ${Date.now()}` } : {}) }
  const account = /^ledger:\/\/\/accounts\/(acc-\d{3})$/.exec(uri)?.[1]
  if (account !== undefined && ACCOUNTS.includes(account)) {
    return { uri, mimeType: 'application/json', text: JSON.stringify({ account, balance: 42 }) }
  }
  const entry = /^ledger:\/\/\/entries\/(\d{4})\/(\d{1,3})$/.exec(uri)
  return entry === null ? undefined : { uri, mimeType: 'text/plain', text: `entry ${entry[2]} of ${entry[1]}` }
}

/** Takes a checked URI out of the parameters. */
export function takeUri(turn: Turn): string {
  const { uri } = turn.params
  if (typeof uri !== 'string' || uri.length > 2000 || !/^[a-z][a-z0-9+.-]*:[\x21-\x7e]*$/i.test(uri)) {
    throw new Refusal(-32602, 'uri has to be an absolute URI')
  }
  return uri
}

/** Answers resources/read. */
export function readResource(turn: Turn): Json {
  const uri = takeUri(turn)
  const contents = lookUp(uri)
  if (contents === undefined) throw new Refusal(-32002, 'no resource lives at this URI', { uri })
  return { contents: [contents] }
}

/** Answers resources/subscribe and resources/unsubscribe. */
export function changeSubscription(turn: Turn, wanted: boolean): Json {
  const uri = takeUri(turn)
  if (lookUp(uri) === undefined) throw new Refusal(-32002, 'no resource lives at this URI', { uri })
  if (wanted) turn.ex.session?.subscriptions.add(uri)
  else turn.ex.session?.subscriptions.delete(uri)
  return {}
}
