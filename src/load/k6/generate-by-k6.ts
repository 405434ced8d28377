import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { redactor } from '../../wire/redact.js'
import type { MakeLoad } from '../capacity.js'
import type { LoadPlan } from '../plan.js'
import { emptyTally, type GeneratorEvent, type Tally } from '../tally.js'
import { startK6 } from './k6-process.js'
import { sumOf } from './merge-runners.js'
import { readFigures } from './read-figures.js'
import { type Script, scriptOf } from './script.js'
import { Telling } from './telling.js'

/** How often k6 is asked what it counted, in ms: it has to write all of it out each time. */
const pace = 500

/** Makes the load of plans by running the k6 of a file; `env` is its environment beside the credentials. */
export function k6Engine(file: string, env: NodeJS.ProcessEnv): MakeLoad {
  return async function* (plan, signal, start): AsyncGenerator<GeneratorEvent> {
    const folder = await mkdtemp(join(tmpdir(), 'mcp-gauntlet-k6-'))
    try {
      yield* run(file, folder, env, plan, signal, start)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function* run(
  file: string,
  folder: string,
  env: NodeJS.ProcessEnv,
  plan: LoadPlan,
  signal: AbortSignal,
  start: () => Promise<void>,
): AsyncGenerator<GeneratorEvent> {
  const script = await scriptOf(plan)
  const { told } = script.plan
  const path = join(folder, 'script.js')
  await writeFile(path, script.text)
  const k6 = await startK6(file, path, { ...env, ...(await variables(script, plan, folder)) }, told)
  const telling = new Telling(told)
  let over = false
  const ended = k6.ended.finally(() => {
    over = true
  })
  const stop = () => k6.stop()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    while (!over) {
      const figures = await k6.look()
      if (figures?.startedAt !== undefined && !telling.started) await start()
      if (figures) yield* telling.news(figures, Date.now())
      telling.note(await k6.use())
      await Promise.race([ended, pause(pace)])
    }
    const tally = tallyOfPrinted(await ended, script, plan)
    yield* telling.rest(tally)
    const { share } = telling
    yield { type: 'done', tally: { ...tally, busiest: share, cpuSeconds: share * tally.measured } }
  } finally {
    signal.removeEventListener('abort', stop)
    if (!over) k6.stop()
    await ended
  }
}

/** What the script reads, and what makes k6 trust and speak as a local load does. */
async function variables({ credentials }: Script, { ca }: LoadPlan, folder: string): Promise<NodeJS.ProcessEnv> {
  const authority = join(folder, 'ca.pem')
  if (ca !== undefined) await writeFile(authority, ca)
  return {
    MCP_GAUNTLET_THRESHOLDS: 'off',
    GODEBUG: 'http2client=0',
    ...(ca === undefined ? {} : { SSL_CERT_FILE: authority }),
    ...Object.fromEntries(credentials.map(({ name, value }) => [name, value])),
  }
}

/** What k6 counted, from what it printed; where it printed no figures the obstacle says why. */
function tallyOfPrinted({ printed, how }: { printed: string; how: string }, script: Script, plan: LoadPlan): Tally {
  const redact = redactor(plan.secrets)
  try {
    const { runners, examples } = readFigures(printed, 'k6')
    return sumOf(runners, script.plan.told, redact.value(examples))
  } catch {
    const errors = [...printed.matchAll(/level=error msg="((?:[^"\\]|\\.)*)"/g)]
    const why = redact.text(errors.at(-1)?.[1] ?? (printed.trim().split('\n').at(-1) || 'it printed nothing'))
    return {
      ...emptyTally(Date.now()),
      obstacle: `k6 ended with ${how} before it told what it counted: ${why.slice(0, 300)}`,
    }
  }
}
