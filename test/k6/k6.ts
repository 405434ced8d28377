import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import type { ReferenceOptions } from '../../reference-server/index.js'
import { startReference } from '../../reference-server/index.js'
import type { Load } from '../../src/report/load.js'
import type { Run } from '../../src/report/run.js'
import { runCli } from '../cli/cli.js'
import { type CountingProxy, countBefore, type Finish } from './counting-proxy.js'

/** The k6 that test/k6/install.sh found or built. */
export const k6 = (() => {
  const own = resolve('.bench/k6/k6')
  const found = existsSync(own)
    ? own
    : (process.env.PATH ?? '')
        .split(delimiter)
        .map((folder) => join(folder, 'k6'))
        .find(existsSync)
  if (!found) throw new Error('there is no k6: run test/k6/install.sh')
  return found
})()

/** The environment of a program that shall find that k6. */
export const withK6 = { PATH: `${dirname(k6)}${delimiter}${process.env.PATH}` }

/** The tool that is called. */
export const tool = ['--tool', 'get_weather={"location":"Oslo"}']

/** A folder for files of a test. */
export function folderFor(finish: Finish): string {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-k6-'))
  finish(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A reference server behind a proxy that counts. */
export async function counted(options: ReferenceOptions, finish: Finish): Promise<CountingProxy> {
  const server = await startReference(options)
  finish(() => server.close())
  return countBefore(server.url, finish)
}

/** Exports a load to a script in a folder. */
export async function exported(url: string, folder: string, ...args: string[]): Promise<string> {
  const { code, stderr } = await runCli(['export', 'k6', url, ...args, '--script', 'load.js'], { cwd: folder })
  if (code !== 0) throw new Error(stderr)
  return join(folder, 'load.js')
}

/** Runs a script with so many runners side by side and keeps what each printed in a file of the folder; returns their names and exit codes. */
export async function runScript(
  script: string,
  runners = 1,
  { env = {}, args = [] }: { env?: Record<string, string>; args?: string[][] } = {},
): Promise<{ logs: string[]; codes: (number | null)[] }> {
  const sequence = Array.from({ length: runners + 1 }, (_, at) => `${at}/${runners}`)
  const segment = (at: number) =>
    runners === 1
      ? []
      : [
          '--execution-segment',
          `${at}/${runners}:${at + 1}/${runners}`,
          '--execution-segment-sequence',
          sequence.join(','),
        ]
  const logs = Array.from({ length: runners }, (_, at) => join(dirname(script), `runner-${at}.log`))
  const codes = await Promise.all(
    logs.map((log, at) => {
      const command = [k6, 'run', '--quiet', '--no-usage-report', ...segment(at), ...(args[at] ?? []), script]
      const child = spawn('sh', ['-c', 'exec "$@" >"$0" 2>&1', log, ...command], { env: { ...process.env, ...env } })
      return new Promise<number | null>((done) => child.on('close', done))
    }),
  )
  return { logs, codes }
}

/** The report of logs: the load in it, the exit code, and all that was printed. */
export async function reported(logs: readonly string[]): Promise<{ load: Load; code: number | null }> {
  const { code, stdout, stderr } = await runCli(['report', '--from-k6', ...logs, '--as', 'json'], {
    cwd: dirname(logs[0]!),
  })
  if (stdout === '')
    throw new Error(`${stderr}\n${logs.map((log) => readFileSync(log, 'utf8').slice(-2000)).join('\n')}`)
  return { load: (JSON.parse(stdout) as Run).loads[0]!, code }
}

/** How many requests of a phase were sent, by what a load says of itself: what was in flight at the end is of the measured phase. */
export function sentIn(load: Load, phase: string): number {
  const { count = 0, failed = 0 } = load.phases[phase] ?? {}
  return count + failed
}
