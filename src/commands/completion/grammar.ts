import { checkIds } from '../../conformance/registry.js'
import { formats } from '../../report/formats.js'
import { commands } from '../definitions/index.js'

/** What can stand in one place: the name of a list of words, such words themselves, files, or anything. */
export type Values = { list: string } | { words: readonly string[] } | 'files' | undefined

/** One option of a command as a shell completes it. */
export interface CompletedOption {
  /** With its dashes. */
  name: string
  description: string
  /** Absent for a switch. */
  values?: Values
  takesValue: boolean
  /** Several, separated by commas. */
  several: boolean
}

/** One command as a shell completes it. */
export interface CompletedCommand {
  name: string
  description: string
  options: CompletedOption[]
  /** What its arguments are, taken together. */
  values: Values
}

/** All that can be completed: data for the script of any shell. */
export interface Grammar {
  lists: Record<string, readonly string[]>
  commands: CompletedCommand[]
}

/** What placeholders such as `<check-id>` stand for. */
const placeholders: Record<string, Values> = {
  'check-id': { list: 'checks' },
  'id-prefix': { list: 'checks' },
  names: { list: 'suites' },
  'format[=file]': { list: 'formats' },
  shell: { list: 'shells' },
  url: { list: 'servers' },
  urlA: { list: 'servers' },
  ...Object.fromEntries(['file', 'dir', 'name|file', 'run.json', 'a.json', 'config'].map((one) => [one, 'files'])),
}

/** The grammar of the command line, from the definitions of its commands and the folder of checks. */
export async function grammarOf(shells: readonly string[]): Promise<Grammar> {
  const checks = await checkIds()
  const servers = ['stateful', 'stateless', 'modern', 'dual', 'sse'].map((mode) => `reference:${mode}`)
  const suites = [...new Set(checks.map((id) => id.split('/')[0]!))]
  return {
    lists: { checks, suites, formats: Object.keys(formats), shells, servers },
    commands: commands.map(({ usage, description, options }) => ({
      name: usage.split(' ')[0]!,
      description,
      options: options.map(({ flags, description, values }) => {
        const [, name = '', , placeholder] = /(--[\w-]+)( [<[](.+)[>\]])?$/.exec(flags) ?? []
        const known = values ? { words: values } : placeholders[placeholder ?? '']
        const takesValue = placeholder !== undefined
        return { name, description, takesValue, several: placeholder === 'names', ...(known ? { values: known } : {}) }
      }),
      values: placeholders[/[<[]([\w.-]+)[>\]]/.exec(usage)?.[1] ?? ''],
    })),
  }
}
