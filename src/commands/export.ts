import { resolve } from 'node:path'
import { type Manifest, manifestOf } from '../load/k6/manifest.js'
import { type Script, scriptOf } from '../load/k6/script.js'
import { shortcomingsOf } from '../load/k6/shortcomings.js'
import { planLoad } from '../load/plan-load.js'
import { visible } from '../report/clean.js'
import { factsLine } from '../report/terminal.js'
import { exitCodes } from '../report/verdict.js'
import { UsageError } from '../usage-error.js'
import { shownUrl } from '../wire/url-secrets.js'
import { type LoadFlags, loadWish } from './load-options.js'
import { merged, targetOptions, wholeNumber } from './options.js'
import { isLoopback } from './own-server.js'
import { saveText } from './save-text.js'
import { openSource } from './target-source.js'
import type { Terminal } from './terminal.js'

/** Flags of `export`. */
export interface ExportFlags
  extends Omit<LoadFlags, 'workers' | 'iOwnThisServer' | 'image' | 'engine'>,
    Partial<Record<'script' | 'k8s' | 'runners' | 'name' | 'image', string>> {}

/** The most connections that a load of many machines may ask for. */
const mostConnections = 2_000_000

/** More runners than this are a mistake. */
const mostRunners = 1000

/** `mcp-gauntlet export k6 [url]`: looks at a server and writes the load on it as a script. Returns the exit code. */
export async function exportCommand(
  engine: string | undefined,
  url: string | undefined,
  flags: ExportFlags,
  terminal: Terminal,
): Promise<number> {
  if (engine !== 'k6')
    throw new UsageError(`export ${engine}: k6 is what a load can be exported to; write export k6 <url>`)
  if (url?.startsWith('reference:'))
    throw new UsageError(
      `export k6 ${url}: that server ends with this command; start one with mcp-gauntlet serve and give its URL`,
    )
  const given = targetOptions(flags, terminal)
  const { image, ...rest } = flags
  const wish = await loadWish(rest, terminal, mostConnections)
  const manifest = manifestWish(flags)
  const target = await openSource(
    url,
    { ...(flags.mcpConfig ? { mcpConfig: flags.mcpConfig } : {}), ...(flags.server ? { server: flags.server } : {}) },
    terminal,
  )
  try {
    const planned = await planLoad(target.url, { ...wish, ...merged(target.options, given), signal: terminal.signal })
    if (!planned.plan) {
      terminal.err(`mcp-gauntlet: ${visible(planned.obstacle.message)}\n`)
      return exitCodes.unreachable
    }
    terminal.err(`${visible(`${shownUrl(planned.url)}: ${factsLine(planned.facts)}`)}\n`)
    const script = await scriptOf(planned.plan, flags.tokenEnv)
    write(script, manifest, flags, terminal)
    return exitCodes.held
  } finally {
    await target.close()
  }
}

function manifestWish(flags: ExportFlags): Omit<Manifest, 'script'> {
  const { name = 'mcp-gauntlet', image = 'grafana/k6:2.0.0', runners, k8s } = flags
  const idle = (['runners', 'name', 'image'] as const).find((one) => flags[one] !== undefined)
  if (idle && k8s === undefined)
    throw new UsageError(`--${idle}: it is about the TestRun; say with --k8s <file> where to write it`)
  if (!/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/.test(name))
    throw new UsageError(`--name ${name}: Kubernetes takes up to 42 small letters, digits and hyphens`)
  const count = runners === undefined ? 4 : wholeNumber(runners, '--runners', 1)
  if (count > mostRunners) throw new UsageError(`--runners ${count}: ${mostRunners} is the most`)
  return { name, image, runners: count }
}

function write(script: Script, wish: Omit<Manifest, 'script'>, flags: ExportFlags, { out, err, cwd }: Terminal): void {
  const k8s = flags.k8s === undefined ? undefined : manifestOf({ ...wish, script })
  if (flags.script) saveText(resolve(cwd, flags.script), script.text)
  if (k8s !== undefined) saveText(resolve(cwd, flags.k8s!), k8s)
  if (!flags.script && k8s === undefined) out(script.text)
  const { url } = script.plan.told
  if (k8s !== undefined && isLoopback(url))
    err(`warning: in a pod ${new URL(url).host} is the pod itself; export with the URL that pods reach\n`)
  for (const text of shortcomingsOf(script.plan.told)) err(`  k6: ${text}\n`)
  if (script.credentials.length > 0)
    err(`  read from the environment: ${script.credentials.map(({ name }) => name).join(', ')}\n`)
}
