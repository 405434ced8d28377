import { type HeaderList, isCredential } from './headers.js'

/** Replaces secrets in anything that is about to be recorded. */
export interface Redactor {
  text(text: string): string
  headers(headers: HeaderList): HeaderList
  /** A copy of a JSON value with every text in it redacted, names of members included. */
  value<T>(value: T): T
  /** Adds a secret that became known during the run. Shorter than 4 characters is ignored: it would blank out ordinary text. */
  add(secret: string): void
}

/** A redactor for the given secrets; each is also found in its URL-encoded, base64 and JSON-escaped spellings. */
export function redactor(secrets: Iterable<string> = []): Redactor {
  const spellings: string[] = []
  const add = (secret: string) => {
    if (secret.length < 4) return
    for (const spelling of spellingsOf(secret)) if (!spellings.includes(spelling)) spellings.push(spelling)
    spellings.sort((a, b) => b.length - a.length)
  }
  for (const secret of secrets) add(secret)
  const text = (input: string) => spellings.reduce((out, secret) => out.replaceAll(secret, '[redacted]'), input)
  const field = (name: string, value: string) => (isCredential(name) ? hidden(name, value) : text(value))
  return {
    add,
    text,
    headers: (headers) => headers.map(([name, value]) => [name, field(name, value)]),
    value: deep(text),
  }
}

function spellingsOf(secret: string): string[] {
  const encoded = [encodeURIComponent(secret), new URLSearchParams([['', secret]]).toString().slice(1)]
  const lower = encoded.map((one) => one.replace(/%../g, (code) => code.toLowerCase()))
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  const json = JSON.stringify(secret).slice(1, -1)
  const url = base64.replaceAll('+', '-').replaceAll('/', '_')
  return [secret, ...encoded, ...lower, base64, url, json, json.replaceAll('/', '\\/')]
}

/** A credential's value: only the scheme of an Authorization field stays. */
function hidden(name: string, value: string): string {
  return /authorization$/i.test(name) ? value.replace(/^(\S+\s+)?.*$/s, '$1[redacted]') : '[redacted]'
}

function deep(text: (input: string) => string): <T>(value: T) => T {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [text(name), walk(member)]))
  }
  return walk as <T>(value: T) => T
}
