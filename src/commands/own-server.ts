import { UsageError } from '../usage-error.js'
import { type HeaderList, isCredential } from '../wire/headers.js'
import type { Terminal } from './terminal.js'

/** True when a URL leads to this machine and nowhere else; 0.0.0.0 and [::] do, as servers print them. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname.replace(/\.$/, '')
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/.test(host)
}

/** Load goes to this machine only, unless the user says that the server is theirs. */
export function refuseForeign(url: string, owned: boolean | undefined): void {
  if (owned || isLoopback(url)) return
  throw new UsageError(
    `${new URL(url).host} is not this machine, and load can bring a server down; if it is yours, say so with --i-own-this-server`,
  )
}

/** Warns when a secret would travel in clear text beyond this machine. */
export function warnOfClearText(
  url: string,
  { token, headers = [] }: { token?: string; headers?: HeaderList },
  terminal: Terminal,
): void {
  const secret = token !== undefined || headers.some(([name]) => isCredential(name))
  if (secret && url.startsWith('http:') && !isLoopback(url))
    terminal.err(`warning: the credentials travel to ${new URL(url).host} in clear text; use https\n`)
}
