import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { AuthKind, Mode, ResponseKind } from './core/types.js'
import { faults } from './faults.js'
import { type CleanVerdict, judge, type Planted, reportText, type Verdict } from './measuring/report.js'
import { type Reading, runTester } from './measuring/run-tester.js'
import { modernFaults } from './modern/faults.js'
import { startModern } from './modern/server.js'
import type { ResponseKind as ModernResponse } from './modern/types.js'
import { modernVariants } from './modern/variants.js'
import { type FaultyServer, startFaulty } from './server.js'
import { variants } from './variants.js'

const USAGE = `Measures the tester: how many faults it finds, and what it reports on clean servers.

  --only <prefix>,...     only faults whose id starts so (e.g. auth/)
  --mode <mode>           only combinations that start so (stateful, stateless/sse, modern, ...)
  --sample <n>            every k-th fault, so that about n are left
  --every                 each fault in all its combinations, not only in the first
  --clean-only            only the clean servers
  --variants              only the clean servers that are built in other ways; --only narrows them
  --concurrency <n>       runs side by side (2)
  --cap <seconds>         limit of one run (60)
  --cli <file>            the tester (dist/src/cli.js)
  --bad-token-flag <flag> how bad tokens are passed (--bad-token-env)
  --json <file>           write all readings there
  --least <share>         exit 1 when less than this share is found, or anything is reported on a clean server`

interface Job {
  combo: string
  fault?: Planted
  /** Name of another way to build the clean server. */
  variant?: string
}

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    mode: { type: 'string', default: '' },
    sample: { type: 'string' },
    every: { type: 'boolean', default: false },
    'clean-only': { type: 'boolean', default: false },
    variants: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '2' },
    cap: { type: 'string', default: '60' },
    cli: { type: 'string', default: 'dist/src/cli.js' },
    'bad-token-flag': { type: 'string', default: '--bad-token-env' },
    json: { type: 'string' },
    least: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
})

type FaultJob = Job & { fault: Planted }

const isAsked = (name: string): boolean => flags.only.split(',').some((prefix) => name.startsWith(prefix))

function faultJobs(): FaultJob[] {
  const all: Planted[] = [...faults, ...modernFaults]
  const jobs = all
    .filter((fault) => isAsked(fault.id))
    .flatMap((fault) => (flags.every ? fault.combos : fault.combos.slice(0, 1)).map((combo) => ({ combo, fault })))
    .filter(({ combo }) => combo.startsWith(flags.mode))
  const step = flags.sample === undefined ? 1 : jobs.length / Number(flags.sample)
  return step <= 1 ? jobs : jobs.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
}

function variantJobs(): Job[] {
  return [...variants, ...modernVariants]
    .filter(({ name }) => isAsked(name))
    .flatMap(({ name, combos }) => combos.map((combo) => ({ combo, variant: name })))
    .filter(({ combo }) => combo.startsWith(flags.mode))
}

function start({ combo, fault, variant }: Job): Promise<FaultyServer> {
  const [mode, response, auth] = combo.split('/') as [Mode | 'modern', string, AuthKind]
  const planted = { ...(fault ? { fault: fault.id } : {}), ...(variant ? { variant } : {}) }
  if (mode === 'modern') return startModern({ response: response as ModernResponse, auth, ...planted })
  return startFaulty({ mode, response: response as ResponseKind, auth, ...planted })
}

async function measure(job: Job): Promise<Reading> {
  const server = await start(job)
  try {
    return await runTester(flags.cli, server, Number(flags.cap), flags['bad-token-flag'])
  } finally {
    await server.close()
  }
}

/** Works a list off with a few workers; results keep the order of the list. */
async function inParallel<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index] as T)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Number(flags.concurrency)) }, worker))
  return results
}

async function main(): Promise<void> {
  if (flags.help) return void process.stdout.write(`${USAGE}\n`)
  const jobs = faultJobs()
  const combos = [...new Set(jobs.map(({ combo }) => combo))]
  const cleanJobs: Job[] = flags.variants ? variantJobs() : combos.map((combo) => ({ combo }))
  const clean: CleanVerdict[] = await inParallel(cleanJobs, async (job) => ({
    combo: job.variant === undefined ? job.combo : `${job.combo} ${job.variant}`,
    reading: await measure(job),
  }))
  let done = 0
  const verdicts: Verdict[] = await inParallel(flags['clean-only'] || flags.variants ? [] : jobs, async (job) => {
    const reference = clean.find(({ combo }) => combo === job.combo)?.reading
    const reading = await measure(job)
    const verdict = judge(job.fault, job.combo, reference ?? reading, reading)
    done += 1
    const mark = verdict.found ? `found ${verdict.gained.slice(0, 3).join(', ')}` : `MISSED ${verdict.trouble ?? ''}`
    process.stderr.write(`[${done}/${jobs.length}] ${job.fault.id} (${job.combo}): ${mark}\n`)
    return verdict
  })
  process.stdout.write(reportText(clean, verdicts))
  const found = verdicts.filter((verdict) => verdict.found).length
  const alarms = clean.filter(({ reading }) => reading.findings.size > 0 || reading.trouble !== undefined).length
  if (found < Number(flags.least) * verdicts.length || (Number(flags.least) > 0 && alarms > 0)) process.exitCode = 1
  if (flags.json === undefined) return
  const plain = {
    clean: clean.map(({ combo, reading }) => ({
      combo,
      findings: Object.fromEntries(reading.findings),
      trouble: reading.trouble,
    })),
    faults: verdicts.map(({ fault, ...rest }) => ({
      id: fault.id,
      level: fault.level,
      requirement: fault.requirement,
      ...rest,
    })),
  }
  await writeFile(flags.json, `${JSON.stringify(plain, null, 2)}\n`)
}

await main()
