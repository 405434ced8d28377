import { compareForms } from '../parity/run.js'
import type { StdioCommand } from '../parity/stdio-process.js'
import { assembleRun } from '../report/assemble.js'
import type { Run } from '../report/run.js'
import { type ConfiguredServer, kindOf, parseEntry } from '../target/configured-server.js'
import { pickEntry, readMcpConfig } from '../target/mcp-config.js'
import { inheritedSecrets, secretsInLine } from '../target/secret-variables.js'
import { UsageError } from '../usage-error.js'
import { version } from '../version.js'
import { merged, type TargetFlags, targetOptions } from './options.js'
import { warnOfClearText } from './own-server.js'
import { planReports, type ReportFlags, writeReports } from './reports.js'
import { openSource, type SourceFlags } from './target-source.js'
import type { Terminal } from './terminal.js'
import { runOfUnavailable } from './unavailable.js'

/** Flags of `parity`. */
export interface ParityFlags extends TargetFlags, SourceFlags, ReportFlags {
  stdio?: string
  stdioServer?: string
  ignore?: string[]
}

/** `mcp-gauntlet parity [url]`: a STDIO server against its remote conversion. Returns the exit code. */
export async function parityCommand(url: string | undefined, flags: ParityFlags, terminal: Terminal): Promise<number> {
  const plans = planReports(flags)
  const given = targetOptions(flags, terminal)
  const ignore = (flags.ignore ?? []).map(parseIgnore)
  const startedAt = new Date()
  const { stdio, shown, secrets, remote } = await originalOf(flags, terminal)
  const run = await openSource(url, { ...flags, ...remote }, terminal).then(
    async (target): Promise<Run> => {
      try {
        warnOfClearText(target.url, given, terminal)
        const { signal } = terminal
        const options = merged(target.options, given)
        const wish = { stdio, shown, url: target.url, ignore, signal }
        const parity = await compareForms({
          ...wish,
          target: { ...options, secrets: [...(options.secrets ?? []), ...secrets] },
        })
        const ms = Date.now() - startedAt.getTime()
        const interrupted = signal.aborted ? { interrupted: true as const } : {}
        return assembleRun({ version, startedAt, ms, parts: [], parities: [parity], ...interrupted })
      } finally {
        await target.close()
      }
    },
    (error) => runOfUnavailable(error, startedAt, terminal),
  )
  await writeReports(run, plans, terminal)
  return run.verdict.exitCode
}

/** How the original is started. `remote` names the entry of the other form where both stand in one file. */
interface Original {
  stdio: StdioCommand
  shown: string
  secrets: string[]
  remote: Pick<SourceFlags, 'server'>
}

async function originalOf(flags: ParityFlags, { cwd, env }: Terminal): Promise<Original> {
  const { stdio, stdioServer, mcpConfig } = flags
  if (stdio !== undefined && stdioServer !== undefined)
    throw new UsageError('--stdio and --stdio-server: the original comes from one place; leave one away')
  if (stdio !== undefined)
    return {
      stdio: { command: stdio, shell: true, cwd, env },
      shown: stdio,
      secrets: [...inheritedSecrets(env), ...secretsInLine(stdio)],
      remote: {},
    }
  if (mcpConfig === undefined)
    throw new UsageError(`give the STDIO original with --stdio 'command', or a file that holds both with --mcp-config`)
  const entries = await readMcpConfig(mcpConfig, cwd)
  const ofKind = (kind: ConfiguredServer['kind']) =>
    Object.fromEntries(
      Object.entries(entries).filter(([name, entry]) => kindOf(`${mcpConfig}: ${name}`, entry) === kind),
    )
  const [name, entry] = theOne(mcpConfig, ofKind('stdio'), stdioServer, '--stdio-server')
  const [server] = theOne(mcpConfig, ofKind('http'), flags.server, '--server')
  const original = parseEntry(`${mcpConfig}: ${name}`, name, entry, env)
  if (original.kind !== 'stdio') throw new UsageError(`${mcpConfig}: ${name} is no STDIO server`)
  const { command, args, secrets } = original
  return {
    stdio: { command, args, cwd: original.cwd ?? cwd, env: { ...env, ...original.env } },
    shown: [command, ...args].join(' '),
    secrets: [...secrets, ...inheritedSecrets(env)],
    remote: { server },
  }
}

/** The entry that is named, or the only one of its kind. */
function theOne<T>(file: string, entries: Record<string, T>, name: string | undefined, flag: string): [string, T] {
  const names = Object.keys(entries)
  const kind = flag === '--server' ? 'remote' : 'STDIO'
  if (names.length === 0) throw new UsageError(`${file}: there is no ${kind} server in it`)
  if (name === undefined && names.length > 1)
    throw new UsageError(`${file}: choose a ${kind} server with ${flag}: ${names.join(', ')}`)
  return pickEntry(file, entries, name)
}

function parseIgnore(text: string): string {
  if (!text.startsWith('/'))
    throw new UsageError(`--ignore ${text}: write a JSON pointer that starts with /, such as /tools/*/description`)
  return text
}
