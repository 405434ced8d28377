import { perSecond, plural } from './figures.js'
import type { Loop, SessionPolicy } from './load.js'

/** Who shares a session, in words. */
export const sharing: Record<SessionPolicy, string> = {
  shared: 'one session for all connections',
  'per-connection': 'a session per connection',
  'per-request': 'a session per request',
}

/** How load was made, in words; `rate` is that of an open loop, `upTo` says that it changed. */
export function loopWords({
  loop,
  connections,
  rate,
  upTo,
}: {
  loop: Loop
  connections: number
  rate?: number | undefined
  upTo?: boolean
}): string {
  const on = plural(connections, 'connection')
  if (loop === 'closed') return `closed loop, ${on}`
  return `open loop, ${rate ? `${upTo ? 'up to ' : ''}${perSecond(rate)} requests/s on ` : ''}${on}`
}
