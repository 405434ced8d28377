import { oneLine, visible } from './clean.js'
import { perSecond, plural, seconds } from './figures.js'
import type { Load, Loop, SessionPolicy } from './load.js'

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

/** Profile, mode, sessions, loop, amount and time in one line. */
export function whatWasRun(load: Load): string {
  const rate = Math.max(0, ...load.stages.map((stage) => stage.rate ?? 0))
  const words = [
    oneLine(load.profile, 60),
    load.mode === 'stateful' ? `stateful, ${shared(load)}` : load.mode,
    loopWords({ ...load, rate, upTo: load.stages.length > 1 }),
    seconds(load.seconds).replace(' ', '\u00a0'),
    load.workers > 1 ? `${load.workers} ${load.generator.engine ? 'runners' : 'workers'}` : '',
    load.generator.engine ?? '',
    load.answers === 'sse' ? 'SSE answers' : load.answers === 'json' ? 'JSON answers' : '',
    load.revision ?? '',
  ]
  return visible(words.filter(Boolean).join(' · '))
}

/** Who shares a session; those of several threads or runners cannot share one. */
function shared({ session, workers, generator }: Load): string {
  const each = generator.engine ? 'runner' : 'worker'
  return session === 'shared' && workers > 1 ? `one session per ${each}` : sharing[session]
}
