import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../usage-error.js'
import { isObject } from '../wire/jsonrpc.js'
import { type ConfiguredServer, parseEntry } from './configured-server.js'
import type { Surroundings } from './surroundings.js'

/**
 * Reads one server out of an mcpServers file, of either kind; without a name the only one there is. Throws a UsageError that says what to do
 * for a file, a name or an entry that will not do.
 */
export async function configuredServer(
  file: string,
  name: string | undefined,
  around: Pick<Surroundings, 'cwd' | 'env'>,
): Promise<ConfiguredServer> {
  const [chosen, entry] = pickEntry(file, await readMcpConfig(file, around.cwd), name)
  return parseEntry(`${file}: ${chosen}`, chosen, entry, around.env)
}

/** Reads an mcpServers file (of Claude, Cursor, VS Code and others) into its entries by name, as they stand there. */
export async function readMcpConfig(file: string, cwd: string): Promise<Record<string, Record<string, unknown>>> {
  const value = parseFile(file, await textOf(file, cwd))
  const servers = isObject(value) ? (value.mcpServers ?? value.servers) : undefined
  if (!isObject(servers)) throw new UsageError(`${file}: there is no object "mcpServers" (or "servers") in it`)
  for (const [name, entry] of Object.entries(servers))
    if (!isObject(entry)) throw new UsageError(`${file}: ${name} must be an object`)
  return servers
}

/** Picks an entry by name; without a name the only one. */
export function pickEntry<T>(file: string, entries: Record<string, T>, name: string | undefined): [string, T] {
  const names = Object.keys(entries)
  const chosen = name ?? (names.length === 1 ? names[0] : undefined)
  if (names.length === 0) throw new UsageError(`${file}: no server stands in it`)
  if (chosen === undefined) throw new UsageError(`${file}: choose one with --server: ${names.join(', ')}`)
  if (!Object.hasOwn(entries, chosen))
    throw new UsageError(`${file}: there is no server "${chosen}" in it; choose ${names.join(', ')}`)
  return [chosen, entries[chosen]!]
}

async function textOf(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw new UsageError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

function parseFile(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UsageError(`${file}: this is no JSON: ${(error as Error).message}`)
  }
}
