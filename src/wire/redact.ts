import { type HeaderList, isCredential } from './headers.js'
import { spellingsOf } from './spellings.js'
import { unescapings } from './unescaped.js'

/** Replaces secrets in anything that is about to be recorded. */
export interface Redactor {
  text(text: string): string
  headers(headers: HeaderList): HeaderList
  /** A copy of a JSON value with every text in it redacted, names of members included. */
  value<T>(value: T): T
  /** Adds a secret that became known during the run. Shorter than 4 characters is ignored: it would blank out ordinary text. */
  add(secret: string): void
}

/** So many characters in a row of a long secret's spelling are a part of it, and hidden too. */
const partLength = 12

/** Only of a secret this long are parts hidden: ordinary words share parts with a short one. */
const longEnough = 20

/**
 * A redactor for the given secrets; each is also found in its URL-encoded, base64, hexadecimal and JSON-escaped spellings, over the
 * lines of an event stream, whichever of its characters are escaped, and, where it is long, by parts of at least 12 characters.
 */
export function redactor(secrets: Iterable<string> = []): Redactor {
  const spellings: string[] = []
  const parts = new Set<string>()
  const add = (secret: string) => {
    if (secret.length < 4) return
    for (const spelling of spellingsOf(secret)) {
      if (spelling.length < 4 || spellings.includes(spelling)) continue
      spellings.push(spelling)
      if (secret.length >= longEnough)
        for (let at = 0; at + partLength <= spelling.length; at++) parts.add(spelling.slice(at, at + partLength))
    }
    spellings.sort((a, b) => b.length - a.length)
  }
  for (const secret of secrets) add(secret)
  const text = (input: string) => {
    if (spellings.length === 0) return input
    const plain = spellings.reduce((out, secret) => out.replaceAll(secret, '[redacted]'), input)
    const whole = withoutEscaped(plain, spellings)
    return withoutParts(whole.includes('data:') ? overLines(whole, spellings) : whole, parts)
  }
  const field = (name: string, value: string) => (isCredential(name) ? hidden(name, value) : text(value))
  return {
    add,
    text,
    headers: (headers) => headers.map(([name, value]) => [text(name), field(name, value)]),
    value: deep(text),
  }
}

/** Hides every run of characters that is covered by parts of a secret. */
function withoutParts(text: string, parts: ReadonlySet<string>): string {
  let [out, kept] = ['', 0]
  for (let at = 0; parts.size > 0 && at + partLength <= text.length; at++) {
    if (!parts.has(text.slice(at, at + partLength))) continue
    let end = at + partLength
    while (end < text.length && parts.has(text.slice(end + 1 - partLength, end + 1))) end++
    out += `${text.slice(kept, at)}[redacted]`
    kept = end
    at = end - 1
  }
  return kept === 0 ? text : out + text.slice(kept)
}

/** Hides secrets of which some characters are escaped. */
function withoutEscaped(text: string, spellings: readonly string[]): string {
  const hidden = unescapings(text).flatMap(({ text: plain, starts }) =>
    spellings.flatMap((one) => placesOf(one, plain).map((at) => [starts[at]!, starts[at + one.length]!] as const)),
  )
  let [out, kept] = ['', 0]
  for (const [start, end] of hidden.sort(([a], [b]) => a - b)) {
    if (start >= kept) out += `${text.slice(kept, start)}[redacted]`
    kept = Math.max(kept, end)
  }
  return hidden.length === 0 ? text : out + text.slice(kept)
}

/** Where one text stands in another. */
function placesOf(part: string, text: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) places.push(at)
  return places
}

/** Hides secrets that stand in several data lines of an event stream. WHATWG HTML, server-sent events. */
function overLines(text: string, spellings: readonly string[]): string {
  const places: number[] = []
  let joined = ''
  for (const line of text.matchAll(/^data: ?(.*)$/gm)) {
    const start = line.index + line[0].length - line[1]!.length
    for (let at = 0; at < line[1]!.length; at++) places.push(start + at)
    joined += line[1]
  }
  const secret = new Set<number>()
  for (const spelling of spellings)
    for (const at of placesOf(spelling, joined))
      for (let one = at; one < at + spelling.length; one++) secret.add(places[one]!)
  if (secret.size === 0) return text
  return [...Array(text.length).keys()]
    .map((at) => (!secret.has(at) ? text[at] : secret.has(at - 1) ? '' : '[redacted]'))
    .join('')
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
