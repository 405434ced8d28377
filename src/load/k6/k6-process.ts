import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { type ProcessUse, readProcessTree } from '../process-tree.js'
import { figuresOf, type RunnerFigures } from './figures.js'
import type { ToldPlan } from './script-plan.js'

/** How long k6 may take to end when it is told to, in ms. */
const patienceMs = 20_000

/** A k6 that runs a script. */
export interface K6Process {
  /** What it counted so far; undefined where it does not answer, as before it began. */
  look(): Promise<RunnerFigures | undefined>
  /** What it used so far; undefined where the system does not tell. */
  use(): Promise<ProcessUse | undefined>
  /** Ends it early, with its figures printed; by force when it takes too long. */
  stop(): void
  /** When it has ended: all that it printed, and how it ended. */
  ended: Promise<{ printed: string; how: string }>
}

/** Starts k6 on a script; `env` holds what the script reads. Prints nothing here. */
export async function startK6(
  file: string,
  script: string,
  env: NodeJS.ProcessEnv,
  told: ToldPlan,
): Promise<K6Process> {
  const address = `127.0.0.1:${await freePort()}`
  const args = ['run', '--quiet', '--no-color', '--no-usage-report', '--no-thresholds', '--address', address, script]
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      printed += text
    })
  const ended = new Promise<{ printed: string; how: string }>((resolve) => {
    child.once('error', (error) => resolve({ printed, how: error.message }))
    child.once('close', (code, signal) => resolve({ printed, how: signal ? `signal ${signal}` : `exit code ${code}` }))
  })
  return {
    look: () => lookAt(address, told),
    use: () => (child.pid === undefined ? Promise.resolve(undefined) : readProcessTree(child.pid)),
    stop() {
      child.kill('SIGINT')
      setTimeout(() => child.kill('SIGKILL'), patienceMs).unref()
    },
    ended,
  }
}

/** k6 tells what it counted over HTTP. https://grafana.com/docs/k6/latest/reference/k6-rest-api/ */
async function lookAt(address: string, told: ToldPlan): Promise<RunnerFigures | undefined> {
  try {
    const answer = await fetch(`http://${address}/v1/metrics`, { signal: AbortSignal.timeout(2000) })
    const { data } = (await answer.json()) as { data: { id: string; attributes: { sample: Record<string, number> } }[] }
    const metrics = Object.fromEntries(data.map(({ id, attributes: { sample } }) => [id, { values: valuesOf(sample) }]))
    return figuresOf(told, { state: { testRunDurationMs: 0 }, metrics })
  } catch {
    return undefined
  }
}

/** Gauges are told as `value`, where the summary has their least. */
function valuesOf(sample: Record<string, number>): Record<string, number> {
  return sample.value === undefined ? sample : { min: sample.value }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
