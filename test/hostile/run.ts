/*
 * Sends the program against servers that mean harm and prints a table: npm run hostile [-- command or word of a name...]
 * Every call must end within its time and memory, with an honest exit code, a valid Run document, one result per check, nothing of what the
 * server says taking effect in a report, and the token nowhere. With --long a check gets 20 s, and every server meets every command.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bloated } from './bloated.js'
import { crooked } from './crooked.js'
import { elsewhere } from './elsewhere.js'
import type { Hostile } from './hostile.js'
import { important } from './important.js'
import { judge, type Trouble } from './judge.js'
import { modern } from './modern.js'
import { mortal } from './mortal.js'
import { oversized } from './oversized.js'
import { sockets } from './sockets.js'
import { tls } from './tls.js'
import { startTrap, type Trap } from './trap.js'
import { watched } from './watched.js'

const families = {
  connection: [...sockets, ...tls],
  oversized,
  bloated,
  crooked,
  elsewhere,
  mortal,
  'without handshake': modern,
}
const secret = 'hostile-secret-3f9a1c77d2'
const isLong = process.argv.includes('--long')
const secondsPerCheck = isLong ? 20 : 3
const words = process.argv.slice(2).filter((word) => word !== '--long')

/** The ways in, with what each gets beside the URL and how long it may take, in ms. */
const commands: Record<string, { args: string[]; mostMs: number }> = {
  check: {
    args: ['--timeout', '500', '--max-time', String(secondsPerCheck), '--tool', 'echo={}'],
    mostMs: secondsPerCheck * 1000 + 25_000,
  },
  load: { args: ['--timeout', '500', '--duration', '1s', '--connections', '2', '--tool', 'echo={}'], mostMs: 100_000 },
  doctor: { args: ['--timeout', '500'], mostMs: 100_000 },
}

const named = Object.keys(commands).filter((command) => words.includes(command))
const chosen = named.length > 0 ? named : Object.keys(commands)
const parts = words.filter((word) => !named.includes(word))

interface Row {
  inputs: number
  hangs: number
  crashes: number
  leaks: number
  peakMb: number
}

/** Every server meets check; the other commands share its wire, so that the worst are enough for them. */
function commandsFor({ name }: Hostile): string[] {
  const all = isLong || named.length > 0 || important.has(name)
  return chosen.filter((command) => all || command === 'check')
}

const known = new Set(Object.values(families).flatMap((members) => members.map(({ name }) => name)))
const strange = [...important].filter((name) => !known.has(name))
if (strange.length > 0) throw new Error(`no hostile server is called ${strange.join(', ')}`)

const rows = new Map<string, Row>()
const troubles: string[] = []
const trap = await startTrap(secret)
const queue = Object.entries(families).flatMap(([family, members]) =>
  members
    .filter(({ name }) => parts.length === 0 || parts.some((word) => name.includes(word)))
    .flatMap((hostile) => commandsFor(hostile).map((command) => ({ family, hostile, command }))),
)
await Promise.all(Array.from({ length: 2 }, work))
trap.close()
print()
process.exit(troubles.length > 0 ? 1 : 0)

async function work(): Promise<void> {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const row = rows.get(`${next.command} | ${next.family}`) ?? { inputs: 0, hangs: 0, crashes: 0, leaks: 0, peakMb: 0 }
    rows.set(`${next.command} | ${next.family}`, row)
    await meet(next.hostile, next.command, row, trap)
  }
}

async function meet(hostile: Hostile, command: string, row: Row, trap: Trap): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-hostile-'))
  const server = await hostile.start(trap.url)
  const { args, mostMs } = commands[command]!
  const formats = ['junit', 'html', 'sarif', 'markdown', 'github'].flatMap((format) => [
    '--report',
    `${format}=report.${format}`,
  ])
  const all = [command, server.url, ...args, '--token-env', 'HOSTILE_TOKEN', '--out', '.', ...formats]
  const before = trap.caught()
  const outcome = await watched(all, folder, { HOSTILE_TOKEN: secret, GITHUB_ACTIONS: 'true' }, mostMs)
  await server.close()
  const files = Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
  rmSync(folder, { recursive: true })
  row.inputs++
  row.peakMb = Math.max(row.peakMb, outcome.peakMb)
  const found = judge(command, outcome, files, secret, trap.caught() - before)
  for (const kind of ['hangs', 'crashes', 'leaks'] as const) if (found.some((one) => one.kind === kind)) row[kind]++
  for (const one of found) troubles.push(sentence(hostile, command, one))
  const took = `${(outcome.ms / 1000).toFixed(1)} s, ${Math.round(outcome.peakMb)} MB, exit ${outcome.code}`
  process.stderr.write(`${command.padEnd(7)} ${hostile.name.padEnd(58)} ${took}\n`)
  for (const one of found) process.stderr.write(`  ${sentence(hostile, command, one)}\n`)
}

function sentence(hostile: Hostile, command: string, { kind, what }: Trouble): string {
  return `${kind}: ${command}, ${hostile.name}: ${what}`
}

function print(): void {
  const lines = [...rows].map(([name, { inputs, hangs, crashes, leaks, peakMb }]) => {
    return `| ${name} | ${inputs} | ${hangs} | ${crashes} | ${leaks} | ${Math.round(peakMb)} |`
  })
  const head =
    '| command | hostile servers | inputs tried | hangs | crashes | leaks | most memory, MB |\n|---|---|---|---|---|---|---|'
  process.stdout.write(`${head}\n${lines.sort().join('\n')}\n`)
  for (const trouble of troubles) process.stdout.write(`${trouble}\n`)
}
