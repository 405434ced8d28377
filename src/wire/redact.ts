import { type HeaderList, isCredential } from './headers.js'

/** Replaces secrets in anything that is about to be recorded. */
export interface Redactor {
  text(text: string): string
  headers(headers: HeaderList): HeaderList
  /** Adds a secret that became known during the run. Shorter than 4 characters is ignored: it would blank out ordinary text. */
  add(secret: string): void
}

/** A redactor for the given secrets; each is also found in its URL-encoded, base64 and JSON-escaped spelling. */
export function redactor(secrets: Iterable<string> = []): Redactor {
  const spellings: string[] = []
  const add = (secret: string) => {
    if (secret.length < 4) return
    const all = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      JSON.stringify(secret).slice(1, -1),
    ]
    for (const spelling of all) if (!spellings.includes(spelling)) spellings.push(spelling)
    spellings.sort((a, b) => b.length - a.length)
  }
  for (const secret of secrets) add(secret)
  const text = (input: string) => spellings.reduce((out, secret) => out.replaceAll(secret, '[redacted]'), input)
  const value = (name: string, field: string) =>
    isCredential(name) ? field.replace(/^(\S+\s+)?.*$/s, '$1[redacted]') : text(field)
  return { add, text, headers: (headers) => headers.map(([name, field]) => [name, value(name, field)]) }
}
