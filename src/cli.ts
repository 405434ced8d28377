#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import type { CheckFlags } from './commands/check.js'
import type { CompareFlags } from './commands/compare.js'
import type { ListFlags } from './commands/list.js'
import type { LoadFlags } from './commands/load-options.js'
import type { ServeFlags } from './commands/serve.js'
import type { Terminal } from './commands/terminal.js'
import { exitCodes } from './report/verdict.js'
import { UsageError } from './usage-error.js'
import { version } from './version.js'

const stop = new AbortController()
let interrupts = 0
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => {
    stop.abort()
    if (++interrupts > 1) process.exit(exitCodes.interrupted)
  })
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? 0 : exitCodes.internal),
)

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  columns: process.stdout.columns ?? 80,
  color: colorful(),
  live: process.stderr.isTTY === true && !process.env.CI && process.env.TERM !== 'dumb',
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
}

function colorful(): boolean {
  if (process.argv.includes('--no-color') || process.env.NO_COLOR) return false
  if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== '0'
  return process.stdout.isTTY === true && process.env.TERM !== 'dumb'
}

const collect = (value: string, all: string[] = []) => [...all, value]

const program = new Command('mcp-gauntlet')
  .description(
    'Judges any remote MCP server by its URL: does it keep the protocol, does it keep strangers out, how much does it carry?',
  )
  .version(version)
  .option('--no-color', 'plain text (NO_COLOR and FORCE_COLOR are honoured too)')
  .configureOutput({ outputError: (text) => terminal.err(text) })
  // Every command has options; without the word the list of commands fits a screen of 80 columns.
  .configureHelp({ subcommandTerm: (one) => `${one.name()} ${one.usage().replace(/\[options\] ?/, '')}`.trim() })
  .showSuggestionAfterError()
  .addHelpText('after', help())
  .allowExcessArguments()
  .action((_flags: object, { args: [name] }: Command) => {
    if (name !== undefined) throw new UsageError(unknownCommand(name))
    return done(import('./commands/everything.js').then((module) => module.everythingCommand(terminal)))
  })

function unknownCommand(name: string): string {
  if (/^(https?:\/\/|reference:)/i.test(name))
    return `to judge a server: mcp-gauntlet check ${name}; to load it: mcp-gauntlet load ${name}`
  return `there is no command "${name}"; choose ${program.commands.map((command) => command.name()).join(', ')}`
}

function help(): string {
  const codes =
    'Exit codes: 0 gate held, 1 gate failed, 2 usage, 3 incomplete, 4 unreachable or credentials needed, 5 internal, 130 interrupted.'
  return `\nWithout a command: judges and briefly loads the embedded reference server in its modes and writes ./reports/<time>/run.json.\nA <url> may also be reference:stateful, reference:stateless, reference:modern,\nreference:dual or reference:sse, with ?auth=apikey|credentials|oauth and &response=json|sse.\n${codes}`
}

program
  .command('check <url>')
  .description('judge a server: conformance and auth suites')
  .option('--suite <names>', 'only these suites, separated by commas')
  .option('--only <id-prefix>', 'only checks whose id starts so (repeatable)', collect)
  .option(
    '--revision <revision>',
    'auto (each rule at the newest revision both sides know, with and without a handshake), all, or one revision',
    'auto',
  )
  .option('--strict', 'warnings fail the gate')
  .option('--require-complete', 'checks that could not be tested make the run incomplete (exit 3)')
  .option('--tool <name={json}>', 'a tool that is safe to call, with arguments (repeatable)', collect)
  .option('--header <name: value>', 'a header for every request (repeatable)', collect)
  .option('--header-file <file>', 'the same, one header a line: keeps secrets out of the process list')
  .option('--token-env <name>', 'environment variable that holds the bearer token')
  .option('--second-token-env <name>', "environment variable with another user's token")
  .option(
    '--bad-token-env <kind=name>',
    'a token that must be refused: expired, wrong-audience or insufficient-scope (repeatable)',
    collect,
  )
  .option('--auth <auto|required|none>', 'what the server should do about strangers', 'auto')
  .option('--timeout <ms>', 'the longest wait for one answer (default 5000)')
  .option('--concurrency <n>', 'checks side by side (default 16, or 3 where the server gets slow under load)')
  .option('--max-requests <n>', 'the most requests of the run (default 10000)')
  .option('--slow', 'adds checks that wait longer than 5 s')
  .option('--report <format[=file]>', 'terminal, json or junit; with =file it goes there (repeatable)', collect)
  .option('--out <dir>', 'writes run.json into this folder')
  .option('--json', 'the Run document alone on stdout')
  .option('--quiet', 'no progress, and no report on stdout unless one is asked for')
  .action((url: string, flags: CheckFlags) =>
    done(import('./commands/check.js').then((module) => module.checkCommand(url, flags, terminal))),
  )

const load = program
  .command('load <url>')
  .description('put load on a server: what it carries, when it breaks, what its sessions cost')
  .option(
    '--profile <name|file>',
    'steady, ramp, spike, soak, churn, churn-leave, streams, capacity, or a file',
    'steady',
  )
  .option('--duration <time>', 'how long, such as 30s or 2m; of capacity: how long each step')
  .option('--session <policy>', 'who shares a session: shared, per-connection or per-request')
const compare = program
  .command('compare <urlA> <urlB> [more...]')
  .description('the same load on each in alternating rounds: ratios to the first with 95 % intervals')
  .option('--session <policies>', 'session policies to try, separated by commas (default per-connection)')
  .option('--rounds <n>', 'rounds per server and trial (default 6)')
  .option('--duration <time>', 'how long each round takes (default 5s)')
for (const command of [load, compare])
  command
    .option('--mode <mode>', 'auto, stateful, stateless or modern (revision 2026-07-28)', 'auto')
    .option('--connections <n>', 'connections kept busy, or those that carry a rate')
    .option('--rate <n/s>', 'requests started per second, whatever the answers do (open loop)')
    .option('--tool <name={json}>', 'the tool to call, with arguments; it must be safe to call', collect)
    .option('--method <method>', 'another method than tools/call: tools/list, ping, resources/list …')
    .option('--workers <n>', 'threads that make the load (default 1)')
    .option('--header <name: value>', 'a header for every request (repeatable)', collect)
    .option('--header-file <file>', 'the same, one header a line: keeps secrets out of the process list')
    .option('--token-env <name>', 'environment variable that holds the bearer token')
    .option('--ca <file>', 'PEM file with further certificate authorities')
    .option('--timeout <ms>', 'the longest wait for one answer (default 10000)')
    .option('--i-own-this-server', 'allows a server that is not on this machine')
load
  .option(
    '--threshold <threshold>',
    "what must hold, such as 'p(99)<250ms' or 'rate(errors)<0.1%' (repeatable)",
    collect,
  )
  .option('--target-pid <pid>', "the server's process on this machine: watches its CPU and memory")
for (const command of [load, compare])
  command
    .option('--report <format[=file]>', 'terminal, json or junit; with =file it goes there (repeatable)', collect)
    .option('--out <dir>', 'writes run.json into this folder')
    .option('--json', 'the Run document alone on stdout')
    .option('--quiet', 'no progress, and no report on stdout unless one is asked for')
load.action((url: string, flags: LoadFlags) =>
  done(import('./commands/load.js').then((module) => module.loadCommand(url, flags, terminal))),
)
compare.action((one: string, other: string, more: string[], flags: CompareFlags) =>
  done(import('./commands/compare.js').then((module) => module.compareCommand([one, other, ...more], flags, terminal))),
)

program
  .command('serve')
  .description('run the reference server')
  .option('--mode <mode>', 'stateful, stateless, modern, dual or sse', 'stateful')
  .option('--auth <kind>', 'none, apikey, credentials or oauth', 'none')
  .option('--port <port>', 'port to listen on (default: a free one)')
  .option('--response <form>', 'how requests are answered: json or sse')
  .option('--fault <check-id>', 'break exactly the rule of this check')
  .action((flags: ServeFlags) =>
    done(import('./commands/serve.js').then((module) => module.serveCommand(flags, terminal))),
  )

program
  .command('list')
  .description('list the checks, or with --coverage how much of the spec they cover')
  .option('--suite <names>', 'only these suites, separated by commas')
  .option('--only <id-prefix>', 'only checks whose id starts so (repeatable)', collect)
  .option('--coverage', 'rules covered per area, revision and tier, and what is left out')
  .option('--json', 'as JSON')
  .action((flags: ListFlags) =>
    done(import('./commands/list.js').then((module) => module.listCommand(flags, terminal))),
  )

program
  .command('explain <check-id>')
  .description('one check: its rule, its source, its fault, how to mend a breach')
  .action((id: string) => done(import('./commands/explain.js').then((module) => module.explainCommand(id, terminal))))

program
  .command('report <run.json>')
  .description('render a stored run again')
  .option('--as <format[=file]>', 'terminal, json or junit', 'terminal')
  .action((path: string, flags: { as?: string }) =>
    done(import('./commands/report.js').then((module) => module.reportCommand(path, flags, terminal))),
  )

async function done(code: Promise<number>): Promise<void> {
  process.exitCode = await code
}

for (const command of [program, ...program.commands]) command.exitOverride()
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = failed(error)
}
if (stop.signal.aborted && process.exitCode === undefined) process.exitCode = exitCodes.interrupted

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.held : exitCodes.usage
  if (error instanceof UsageError) {
    terminal.err(`mcp-gauntlet: ${error.message}\n`)
    return exitCodes.usage
  }
  terminal.err(
    `mcp-gauntlet: a mistake of ours, please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return exitCodes.internal
}
