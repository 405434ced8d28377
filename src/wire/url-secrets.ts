import querystring from 'node:querystring'
import { isCredential } from './headers.js'
import { redactor } from './redact.js'

/** The secrets in a URL: its user and password, and fields of the query whose names say so. */
export function urlSecrets(url: string): string[] {
  const { username, password, searchParams } = new URL(url)
  const fields = [...searchParams].filter(
    ([name]) => isCredential(name) || /(^|[_-])(key|pat|pass|pwd|sig|code)$/i.test(name),
  )
  return [...[username, password].map((one) => querystring.unescape(one)), ...fields.map(([, value]) => value)].filter(
    (one) => one !== '',
  )
}

/** A URL as it may be shown. */
export function shownUrl(url: string): string {
  return URL.canParse(url) ? redactor(urlSecrets(url)).text(url) : url
}
