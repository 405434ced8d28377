import { setTimeout as pause } from 'node:timers/promises'
import { UsageError } from '../usage-error.js'
import { redactor } from '../wire/redact.js'
import { freePort, isTaken } from './port.js'
import { type ProcessGroup, runInGroup } from './process-group.js'
import { untilReady } from './ready.js'
import type { Target } from './resolve.js'
import { secretsIn } from './secret-variables.js'
import type { TargetSource } from './source.js'
import type { Surroundings } from './surroundings.js'
import { TargetUnavailable } from './unavailable.js'

/** How long a server may take to be ready where nobody says, in seconds. */
export const defaultWait = 60

/**
 * Starts a server by its command line and waits until it answers as an MCP server. `where` is its URL, or a path such as `/mcp`; without a host
 * the port is a free one, and the command has to take it from `{port}`. Throws TargetUnavailable when it ends early or is not ready in time;
 * the whole process group is ended then, and else by `close`.
 */
export async function startCommand(
  where: string | undefined,
  source: TargetSource & { start: string },
  around: Surroundings,
): Promise<Target> {
  const url = await urlFor(where, source.start)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (await isTaken(url))
    throw new TargetUnavailable(
      `Something listens at ${url.host} already, before ${called(source.start)} was started, and would be judged in its place. End it, or choose another port.`,
      url.href,
    )
  const command = source.start.replaceAll('{port}', port)
  const group = await runInGroup(command, { cwd: around.cwd, env: { ...around.env, PORT: port, ...source.env } })
  const forget = around.atExit?.(group.kill)
  const close = async () => {
    await group.end()
    forget?.()
  }
  try {
    await whenReady(url, command, group, source, around)
  } catch (error) {
    await close()
    throw error
  }
  return { url: url.href, options: { secrets: secretsIn(source.env) }, pid: group.pid, close }
}

/** The URL to wait at: as given, or one of this machine with a free port where the command takes it. */
async function urlFor(where: string | undefined, command: string): Promise<URL> {
  const path = where === undefined || where.startsWith('/') ? (where ?? '/mcp') : undefined
  if (path !== undefined && !command.includes('{port}'))
    throw new UsageError(
      `${called(command)}: say where it listens: give its URL, or write {port} where the command takes the port (a free one is put there)`,
    )
  const text = path === undefined ? where! : `http://localhost:{port}${path}`
  const port = text.includes('{port}') ? String(await freePort()) : ''
  const filled = text.replaceAll('{port}', port)
  if (!URL.canParse(filled) || !/^https?:/i.test(filled))
    throw new UsageError(`"${text}" is no URL; give one such as http://localhost:3000/mcp, or a path such as /mcp`)
  return new URL(filled)
}

async function whenReady(
  url: URL,
  command: string,
  group: ProcessGroup,
  { waitSeconds = defaultWait, env }: TargetSource,
  { signal, err }: Surroundings,
): Promise<void> {
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const over = new AbortController()
  let end: string | undefined
  // A command may leave its server behind: it has ended when nobody of its group lives.
  void group.ended.then(async (how) => {
    while (group.alive() && !over.signal.aborted) await pause(50)
    end = how
    over.abort()
  })
  const waiting = [over.signal, AbortSignal.timeout(waitSeconds * 1000), ...(signal ? [signal] : [])]
  const problem = await untilReady(url.href, AbortSignal.any(waiting))
  over.abort()
  if (!problem || signal?.aborted) return
  const output = redactor(secretsIn(env)).text(group.output.last())
  if (end !== undefined)
    throw new TargetUnavailable(
      `${called(command)} ended with ${end} after ${seconds().toFixed(1)} s, before the server was ready.`,
      url.href,
      output,
    )
  const words = `${called(command)} was not ready within ${waitSeconds} s: ${problem.message}`
  if (!problem.speaks) throw new TargetUnavailable(words, url.href, output)
  err?.(`${words} It is judged as it is.\n`)
}

/** A command in a sentence: in quotes, and no longer than a line. */
function called(command: string): string {
  return `"${command.length > 60 ? `${command.slice(0, 60)}…` : command}"`
}
