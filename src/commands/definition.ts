import type { Terminal } from './terminal.js'

/** One option of a command, as data: what `--help`, shell completion and the docs show. */
export interface OptionDefinition {
  /** How it is written, such as `--tool <name={json}>`. */
  flags: string
  description: string
  default?: string
  /** May be given more than once; the command gets a list. */
  repeatable?: true
  /** The values it takes, where they are few: for shell completion. */
  values?: readonly string[]
}

/** One sub-command, as data. It loads its code only when it runs, so that `--help` stays quick. */
export interface CommandDefinition {
  /** Name and arguments, such as `compare <urlA> <urlB> [more...]`. */
  usage: string
  description: string
  options: readonly OptionDefinition[]
  /** Runs it. `args` are the arguments in order. Returns the exit code; throws UsageError for what the user can mend. */
  run(args: readonly string[], flags: unknown, terminal: Terminal): Promise<number>
}

/** Makes a command whose flags have a type: the names are commander's, in camel case. */
export function defineCommand<Flags>(
  definition: Omit<CommandDefinition, 'run'> & {
    run(args: readonly string[], flags: Flags, terminal: Terminal): Promise<number>
  },
): CommandDefinition {
  return { ...definition, run: (args, flags, terminal) => definition.run(args, flags as Flags, terminal) }
}
