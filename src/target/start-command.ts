import { setTimeout as pause } from 'node:timers/promises'
import { UsageError } from '../usage-error.js'
import { redactor } from '../wire/redact.js'
import { freePort, isTaken } from './port.js'
import { type ProcessGroup, runInGroup } from './process-group.js'
import type { Target } from './resolve.js'
import { inheritedSecrets, secretsIn, secretsInLine } from './secret-variables.js'
import type { TargetSource } from './source.js'
import type { Surroundings } from './surroundings.js'
import { TargetUnavailable } from './unavailable.js'
import { whenReady } from './when-ready.js'

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
  const command = source.start.replaceAll('{port}', port)
  const secrets = [...secretsIn(source.env), ...inheritedSecrets(around.env), ...secretsInLine(command)]
  const hide = redactor(secrets).text
  if (await isTaken(url))
    throw new TargetUnavailable(
      `Something listens at ${url.host} already, before ${called(hide(source.start))} was started, and would be judged in its place. End it, or choose another port.`,
      url.href,
    )
  const group = await runInGroup(command, { cwd: around.cwd, env: { ...around.env, PORT: port, ...source.env } })
  const forget = around.atExit?.(group.kill)
  const close = async () => {
    await group.end()
    forget?.()
  }
  const output = async () => hide(group.output.last())
  const started = { called: called(hide(command)), ended: endOf(group), output }
  try {
    await whenReady(url.href, started, source.waitSeconds, around)
  } catch (error) {
    await close()
    throw error
  }
  return { url: url.href, options: { secrets }, pid: group.pid, started, close }
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

/** A command may leave its server behind: it has ended when nobody of its group lives, or when it was let go of. */
async function endOf(group: ProcessGroup): Promise<string> {
  const how = await group.ended
  while (group.alive()) await pause(50)
  return how
}

/** A command in a sentence: in quotes, and no longer than a line. */
function called(command: string): string {
  return `"${command.length > 60 ? `${command.slice(0, 60)}…` : command}"`
}
