#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander'
import { commands } from './commands/definitions/index.js'
import type { Terminal } from './commands/terminal.js'
import { visible, withoutCommands } from './report/clean.js'
import { exitCodes } from './report/verdict.js'
import { inheritedSecrets, secretsInLine } from './target/secret-variables.js'
import { TargetUnavailable } from './target/unavailable.js'
import { UsageError } from './usage-error.js'
import { version } from './version.js'
import { redactor } from './wire/redact.js'

const stop = new AbortController()
let interrupts = 0
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => {
    stop.abort()
    if (++interrupts > 1) process.exit(exitCodes.interrupted)
  })
const atExit = new Set<() => void>()
process.on('exit', () => {
  for (const work of atExit) work()
})
let unheard = false
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (unheard) return
  unheard = true
  // Whoever reads only the beginning, as head does, has what they wanted. The verdict still stands in the exit code and in files.
  stop.abort()
  if (error.code === 'EPIPE') return
  terminal.err(`mcp-gauntlet: stdout cannot be written: ${error.message}\n`)
  process.exitCode = exitCodes.usage
})
// What cannot be told cannot be told; the run goes on.
process.stderr.on('error', () => {})

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(process.env.GITHUB_ACTIONS ? withoutCommands(text) : text),
  columns: process.stdout.columns ?? 80,
  color: colorful(),
  live: process.stderr.isTTY === true && !process.env.CI && process.env.TERM !== 'dumb',
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
  atExit: (work) => {
    atExit.add(work)
    return () => void atExit.delete(work)
  },
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
  return `\nWithout a command: judges and briefly loads the embedded reference server in its modes and writes ./reports/<time>/ (run.json, report.html).\nA <url> may also be reference:stateful, reference:stateless, reference:modern,\nreference:dual or reference:sse, with ?auth=apikey|credentials|oauth and &response=json|sse.\n${codes}`
}

for (const { usage, description, options, run } of commands) {
  const command = program.command(usage).description(description)
  for (const { flags, description, default: value, repeatable } of options) {
    const option = new Option(flags, description).default(value)
    command.addOption(repeatable ? option.argParser(collect) : option)
  }
  command.action(() => done(run(command.args, command.opts(), terminal)))
}

async function done(code: Promise<number>): Promise<void> {
  const given = await code
  process.exitCode ??= given
}

for (const command of [program, ...program.commands]) command.exitOverride()
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = failed(error)
}
if (interrupts > 0 && process.exitCode === undefined) process.exitCode = exitCodes.interrupted
// What a user's own file left running, such as a timer of a profile, does not keep the command from ending.
// A failure to write is told a moment after the last write.
process.stdout.write('', () => process.stderr.write('', () => setImmediate(() => process.exit())))

/**
 * What went wrong, safe to show: it may repeat what a server said, or what was given, such as headers and values of variables that are named in the
 * command or sound secret.
 */
function safely(text: string): string {
  const words = process.argv.slice(2)
  const headers = words.flatMap((word, at) => (words[at - 1] === '--header' ? [word.replace(/^[^:]*:\s*/, '')] : []))
  const variables = words.map((word) => process.env[word.replace(/^[\w-]+=/, '')] ?? '')
  const given = [...headers, ...variables, ...words.flatMap(secretsInLine), ...inheritedSecrets(process.env)]
  return visible(redactor(given.filter((value) => value.length >= 6)).text(text))
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.held : exitCodes.usage
  if (error instanceof UsageError) {
    terminal.err(`mcp-gauntlet: ${safely(error.message)}\n`)
    return exitCodes.usage
  }
  if (error instanceof TargetUnavailable) {
    terminal.err(`mcp-gauntlet: ${safely(error.message)}\n`)
    return exitCodes.unreachable
  }
  terminal.err(
    `mcp-gauntlet: a mistake of ours, please report it\n${safely(String(error instanceof Error ? error.stack : error))}\n`,
  )
  return exitCodes.internal
}
