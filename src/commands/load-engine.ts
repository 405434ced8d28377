import type { MakeLoad } from '../load/capacity.js'
import { UsageError } from '../usage-error.js'
import { oneOf } from './amounts.js'
import type { LoadFlags, LoadWish } from './load-options.js'
import type { Terminal } from './terminal.js'

/** What makes the load where it is not our own generators. Throws a UsageError where it cannot be had, or cannot do what is asked. */
export async function otherEngine(
  { engine = 'built-in', workers }: LoadFlags,
  { profile, profileName }: LoadWish,
  { env }: Terminal,
): Promise<MakeLoad | undefined> {
  if (oneOf(engine, ['built-in', 'k6'], '--engine') === 'built-in') return undefined
  if (workers !== undefined)
    throw new UsageError('--workers with --engine k6: k6 uses all cores by itself; GOMAXPROCS bounds how many')
  if (profile.streams)
    throw new UsageError(
      `--profile ${profileName} with --engine k6: k6 cannot hold event streams; leave --engine out, or export k6 to have its calls alone`,
    )
  const { findK6 } = await import('../load/k6/find-k6.js')
  const { k6Engine } = await import('../load/k6/generate-by-k6.js')
  return k6Engine(await findK6(env.PATH), env)
}
