import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { join, resolve } from 'node:path'
import type { Run } from '../../src/report/run.js'
import { comparisonTable, type Machine, withTable } from './comparison-table.js'

/*
 * Compares the reference server's modes and publishes what came of it: reports/compare/ and the table in the README. Takes three minutes; to be run on
 * a machine that has nothing else to do. `npm run reports:compare`
 */

const folder = resolve('reports/compare')
mkdirSync(folder, { recursive: true })
const machine: Machine = {
  processor: cpus()[0]?.model.trim() ?? 'an unknown processor',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()}`,
  node: process.version,
  busy: Number((loadavg()[0]! / cpus().length).toFixed(2)),
  day: new Date().toISOString().slice(0, 10),
}
const reports = ['json=run.json', 'html=report.html', 'terminal=report.txt'].flatMap((one) => ['--report', one])
const asked = [
  ...['compare', 'reference:stateful', 'reference:stateless', 'reference:modern'],
  ...['--tool', 'get_weather={"location":"Oslo"}', '--rounds', '6', '--duration', '3s'],
]
execFileSync(process.execPath, [resolve('dist/src/cli.js'), ...asked, ...reports], { cwd: folder, stdio: 'inherit' })

const { comparisons } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Run
writeFileSync(join(folder, 'machine.json'), `${JSON.stringify(machine, null, 2)}\n`)
writeFileSync('README.md', withTable(readFileSync('README.md', 'utf8'), comparisonTable(comparisons![0]!, machine)))
