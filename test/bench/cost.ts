import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { autocannon, findGenerators, type Generator, gauntlet } from './generators.js'

/*
 * What load costs the one who makes it: CPU seconds (user and system, those of its start taken off) per 1,000 completed tools/call, each generator in a
 * process of its own on a core of its own, in alternating rounds against a server that costs next to nothing.
 * `npm run bench:cost -- --rounds 5 --seconds 6 --heads same|different` (whether the heads of the answers repeat to the byte)
 */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    heads: { type: 'string', default: 'same' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const connections = 50
const run = promisify(execFile)

/** Prefix of a command that shall run on one core. */
function onCore(core: number): string[] {
  return pins ? ['taskset', '-c', String(core)] : []
}

const pins = availableParallelism() > 1 && works('taskset', ['-c', '0', 'true'])
const generators = await findGenerators()
console.log(
  `CPU seconds per 1,000 completed tools/call, ${connections} connections, ${rounds} rounds of ${seconds} s each, median [min–max]` +
    `; heads of answers: ${values.heads}${pins ? '; server and generator on a core each' : '; taskset is not there: server and generator share cores'}`,
)
const startUp = new Map<Generator, number>()
for (const generator of generators) startUp.set(generator, await costOfStart(generator))
const bars: [text: string, held: boolean][] = []
for (const answers of ['json', 'sse'] as const) {
  const server = await startResponder(answers)
  const measured = new Map<Generator, Round[]>(generators.map((generator) => [generator, []]))
  for (let round = 0; round < rounds; round++) {
    for (const generator of round % 2 === 0 ? generators : generators.toReversed())
      measured.get(generator)!.push(await measure(generator, server))
  }
  server.process.disconnect()
  show(answers, measured)
}
const busy = loadavg()[1]! / availableParallelism()
if (busy > 1.5)
  console.log(
    `\nThe machine has ${busy.toFixed(1)} times as much to do as it has cores: all costs are higher than they need be.`,
  )
for (const [text, held] of bars) console.log(`${held ? 'holds ' : 'BROKEN'} ${text}`)
if (bars.some(([, held]) => !held)) process.exitCode = 1

interface Round {
  cpuPerThousand: number
  perSecond: number
}

interface Responder {
  process: ChildProcess
  url: string
  calls(): Promise<number>
}

function works(file: string, args: string[]): boolean {
  try {
    execFileSync(file, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function startResponder(answers: string): Promise<Responder> {
  const [file = '', ...args] = [
    ...onCore(0),
    process.execPath,
    join(import.meta.dirname, 'responder.js'),
    answers,
    values.heads,
  ]
  const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [port] = await once(child, 'message')
  return {
    process: child,
    url: `http://127.0.0.1:${port}/mcp`,
    async calls() {
      const answer = once(child, 'message')
      child.send('calls')
      return (await answer)[0]
    },
  }
}

async function costOfStart(generator: Generator): Promise<number> {
  const server = await startResponder('json')
  const costs = [
    await cpuOf(generator, server, 0),
    await cpuOf(generator, server, 0),
    await cpuOf(generator, server, 0),
  ]
  server.process.disconnect()
  return median(costs)
}

async function measure(generator: Generator, server: Responder): Promise<Round> {
  const before = await server.calls()
  const cpu = (await cpuOf(generator, server, seconds)) - startUp.get(generator)!
  const calls = (await server.calls()) - before
  if (calls === 0) throw new Error(`${generator.name} completed nothing`)
  return { cpuPerThousand: (cpu / calls) * 1000, perSecond: calls / seconds }
}

/** CPU seconds of a whole run. */
async function cpuOf(generator: Generator, server: Responder, seconds: number): Promise<number> {
  const command = [...onCore(1), ...generator.command(server.url, seconds, connections)]
  const env = { ...process.env, ...generator.env }
  // The shell knows what its children cost, whatever they are.
  const timed = ['-c', `TIMEFORMAT='%U %S'; time "$@" > /dev/null`, 'bash', ...command]
  const { stderr } = await run('bash', timed, { env, maxBuffer: 1 << 26 })
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number)
  return user + system
}

function show(answers: 'json' | 'sse', measured: Map<Generator, Round[]>): void {
  const plain = measured.get(autocannon)!.map(({ cpuPerThousand }) => cpuPerThousand)
  const ours = measured.get(gauntlet)!.map(({ cpuPerThousand }) => cpuPerThousand)
  console.log(
    `\n${`${answers.toUpperCase()} answers`.padEnd(30)}${'CPU s / 1,000'.padEnd(26)}${'of plain autocannon'.padEnd(22)}requests/s`,
  )
  for (const [{ name }, rows] of measured) {
    const cost = rows.map(({ cpuPerThousand }) => cpuPerThousand)
    const ratios = cost.map((one, i) => one / plain[i]!)
    const rate = median(rows.map(({ perSecond }) => perSecond))
    const cells = [name.padEnd(30), spread(cost, 4).padEnd(26), spread(ratios, 2).padEnd(22)]
    console.log(`${cells.join('')}${Math.round(rate).toLocaleString('en')}`)
    if (!name.startsWith('k6')) continue
    const cheaper = cost.map((one, i) => one / ours[i]!)
    bars.push([`at least 4 times cheaper than k6, ${answers}: ${spread(cheaper, 1)}`, median(cheaper) >= 4])
  }
  const most = answers === 'json' ? 1.4 : 1.8
  const ratios = ours.map((one, i) => one / plain[i]!)
  bars.push([`at most ${most} times plain autocannon, ${answers}: ${spread(ratios, 2)}`, median(ratios) <= most])
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function spread(values: number[], places: number): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(places))
  return `${median(values).toFixed(places)} [${low}–${high}]`
}
