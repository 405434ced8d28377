import { UsageError } from '../usage-error.js'
import type { CommandDefinition } from './definition.js'
import type { Terminal } from './terminal.js'

const yes = ['1', 'true', 'yes']
const no = ['0', 'false', 'no', '']

/**
 * Flags of a command, with those that are not given taken from the environment: `--require-complete` from MCP_GAUNTLET_REQUIRE_COMPLETE. Throws a
 * UsageError for a switch that is neither on nor off.
 */
export function withEnvironment<Flags extends object>(
  flags: Flags,
  { options }: Pick<CommandDefinition, 'options'>,
  { env }: Pick<Terminal, 'env'>,
): Flags {
  const found: Record<string, unknown> = {}
  for (const { flags: spelling, repeatable } of options) {
    const [, word = ''] = /--([a-z-]+)/.exec(spelling) ?? []
    const key = word.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    const variable = `MCP_GAUNTLET_${word.replaceAll('-', '_').toUpperCase()}`
    const value = env[variable]
    if (value === undefined || Object.hasOwn(flags, key)) continue
    if (spelling.includes('<')) {
      if (value !== '') found[key] = repeatable ? [value] : value
    } else if (yes.includes(value)) found[key] = true
    else if (!no.includes(value)) throw new UsageError(`${variable}=${value}: write 1 or 0`)
  }
  return { ...flags, ...found }
}
