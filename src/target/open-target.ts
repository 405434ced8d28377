import { UsageError } from '../usage-error.js'
import { resolveTarget, type Target } from './resolve.js'
import { checkSource, type TargetSource } from './source.js'
import type { Surroundings } from './surroundings.js'

type Around = Surroundings & { apart?: boolean }

/**
 * Brings up the server that a URL and a source describe; `close` lets go of it and ends what was started. `where` is a URL,
 * `reference:<mode>`, or a path where the source tells the host. `apart` is for measurements: see `resolveTarget`.
 * Throws a UsageError for what makes no sense, and TargetUnavailable for a server that does not come up.
 */
export async function openTarget(where: string | undefined, source: TargetSource, around: Around): Promise<Target> {
  checkSource(where, source)
  if (source.mcpConfig !== undefined) return openConfigured(source.mcpConfig, source, around)
  if (source.start !== undefined) {
    const { startCommand } = await import('./start-command.js')
    return startCommand(where, { ...source, start: source.start }, around)
  }
  if (source.image !== undefined || source.dockerfile !== undefined) {
    const { startContainer } = await import('./start-container.js')
    return startContainer(where, source, around)
  }
  if (where === undefined)
    throw new UsageError('give the URL of a server, such as http://localhost:3000/mcp or reference:stateful')
  return resolveTarget(where, around.apart ? { apart: true } : {})
}

async function openConfigured(
  file: string,
  { mcpConfig: _, server: name, ...source }: TargetSource,
  around: Around,
): Promise<Target> {
  const { configuredServer } = await import('./mcp-config.js')
  const server = await configuredServer(file, name, around)
  if (server.kind === 'stdio')
    throw new UsageError(
      `${file}: ${server.name} is a STDIO server, which has no URL; mcp-gauntlet parity compares it with its remote form`,
    )
  const target = await openTarget(server.url, source, around)
  const secrets = [...server.secrets, ...(target.options.secrets ?? [])]
  return {
    ...target,
    name: target.name ?? server.name,
    options: { ...target.options, headers: server.headers, secrets },
  }
}
