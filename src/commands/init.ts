import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { configTemplate } from '../config/template.js'
import { type Look, look } from '../conformance/look.js'
import { oneLine, visible } from '../report/clean.js'
import { factsLine } from '../report/terminal.js'
import { exitCodes } from '../report/verdict.js'
import { TargetUnavailable } from '../target/unavailable.js'
import { UsageError } from '../usage-error.js'
import { merged, type TargetFlags, targetOptions } from './options.js'
import { warnOfClearText } from './own-server.js'
import { saveText } from './save-text.js'
import { openSource, type SourceFlags, targetSource } from './target-source.js'
import type { Terminal } from './terminal.js'

/** Flags of `init`. */
export interface InitFlags extends SourceFlags, Pick<TargetFlags, 'header' | 'headerFile' | 'tokenEnv'> {
  file?: string
  force?: boolean
}

/** `mcp-gauntlet init [url]`: writes a commented config after a look at the server. Returns the exit code. */
export async function initCommand(url: string | undefined, flags: InitFlags, terminal: Terminal): Promise<number> {
  const file = flags.file ?? 'mcp-gauntlet.config.yaml'
  if (!/\.ya?ml$/.test(file))
    throw new UsageError(`--file ${file}: init writes YAML, which has room for comments; name it .yaml`)
  const path = resolve(terminal.cwd, file)
  if (existsSync(path) && !flags.force) throw new UsageError(`${file} is there already; --force writes it anew`)
  const source = targetSource(url, flags, terminal)
  const found =
    url === undefined && Object.keys(source).length === 0 ? { tools: [] } : await lookAt(url, flags, terminal)
  const { obstacle } = found
  if (obstacle && obstacle.kind !== 'credentials') {
    terminal.err(
      `${visible(obstacle.message)}\nNothing was written; mcp-gauntlet init without a URL writes a config to fill in.\n`,
    )
    return exitCodes.unreachable
  }
  saveText(
    path,
    configTemplate({
      given: keysOf(url, flags),
      known: knownLines(found),
      locked: obstacle !== undefined,
      tools: found.tools,
    }),
  )
  terminal.out(
    `Wrote ${file}.${found.tools.length > 0 ? ' Choose there which tools are safe to call.' : ''} Then: mcp-gauntlet run\n`,
  )
  return exitCodes.held
}

async function lookAt(url: string | undefined, flags: InitFlags, terminal: Terminal): Promise<Look> {
  const given = targetOptions(flags, terminal)
  try {
    const target = await openSource(url, flags, terminal)
    try {
      warnOfClearText(target.url, given, terminal)
      return await look(target.url, merged(target.options, given), terminal.signal)
    } finally {
      await target.close()
    }
  } catch (error) {
    if (error instanceof TargetUnavailable) return { obstacle: error.obstacle, tools: [] }
    throw error
  }
}

/** What was given, as keys of the config; headers may hold secrets, which do not belong there. */
function keysOf(url: string | undefined, flags: InitFlags): Record<string, string> {
  const { start, waitFor, image, dockerfile, containerPort, cpus, memory, mcpConfig, server, tokenEnv, headerFile } =
    flags
  const keys = {
    url,
    start,
    waitFor,
    image,
    dockerfile,
    containerPort,
    cpus,
    memory,
    mcpConfig,
    server,
    tokenEnv,
    headerFile,
  }
  const said = Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const nowhere = !url && !start && !image && !dockerfile && !mcpConfig
  return Object.fromEntries(nowhere ? [['url', 'http://localhost:3000/mcp'], ...said] : said)
}

function knownLines({ facts, obstacle, tools }: Look): string[] {
  if (obstacle) return [`It could not be looked at: ${oneLine(obstacle.message, 200)}`]
  if (!facts) return []
  const eras = facts.otherEra ? [`The same URL also serves ${facts.otherEra.join(', ')}.`] : []
  return [
    `Found: ${oneLine(factsLine(facts))}`,
    ...eras,
    `It lists ${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}.`,
  ]
}
