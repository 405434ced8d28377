import querystring from 'node:querystring'
import { isCredential } from '../wire/headers.js'

/** True for the name of a variable that holds a secret. */
export function isSecretName(name: string): boolean {
  return isCredential(name) || /(^|_)(key|pat|pass|pwd|dsn)$/i.test(name)
}

/** The values of variables whose names say that they are secret, and passwords in those that hold a URL. */
export function secretsIn(env: Record<string, string> = {}): string[] {
  return Object.entries(env).flatMap(([name, value]) => (isSecretName(name) ? [value] : passwordIn(value)))
}

/** What is not given as a secret, and only looks like one, is hidden from so many characters on. */
const shortest = 8

/** Names that only sound secret. */
const harmless = /^(OLD)?PWD$|AUTHOR|_SOCK$|^XAUTHORITY$/i

/** The secrets in an environment that a started server inherits: only long values, since most of it was not meant for the server. */
export function inheritedSecrets(env: Record<string, string | undefined>): string[] {
  const named = Object.entries(env).filter(([name, value]) => value !== undefined && !harmless.test(name))
  return secretsIn(Object.fromEntries(named) as Record<string, string>).filter((value) => value.length >= shortest)
}

/** The secrets in the words of a command: `--api-key value`, `NAME=value`, `Authorization: Bearer value`; short ones are words like any other. */
export function secretsInWords(words: readonly string[]): string[] {
  const found = words.flatMap((word, at) => {
    const password = passwordIn(word)
    if (password.length > 0) return password
    const [, name = '', sign, value = ''] = /^-*([\w.-]+)(=|: *)?(.*)$/s.exec(word) ?? []
    if (!isSecretName(name.replaceAll('-', '_'))) return passwordIn(value)
    if (sign?.startsWith(':')) return [value.replace(/^[a-z]+\s+(?=\S)/i, '')]
    if (sign) return [value]
    const next = words[at + 1]
    return word.startsWith('-') && next !== undefined && !next.startsWith('-') ? [next] : []
  })
  return found.filter((value) => value.length >= shortest)
}

/** The same of a command line as a shell takes it. */
export function secretsInLine(line: string): string[] {
  return secretsInWords(
    (line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2')),
  )
}

function passwordIn(value: string): string[] {
  const password = URL.canParse(value) ? new URL(value).password : ''
  return password === '' ? [] : [...new Set([password, querystring.unescape(password)])]
}
