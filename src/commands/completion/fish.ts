import type { CompletedOption, Grammar, Values } from './grammar.js'

/** The script for fish 3 and later. */
export function fishScript({ lists, commands }: Grammar): string {
  const lines = commands.flatMap(({ name, description, options, values }) => [
    `complete -c mcp-gauntlet -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...options.map((one) => `${within(name)} -l ${one.name.slice(2)}${taken(one)} -d ${quoted(one.description)}`),
    `${within(name)} ${values === undefined || values === 'files' ? '-F' : `-a ${quoted(wordsOf(values))}`}`,
  ])
  return `# fish completion of mcp-gauntlet: mcp-gauntlet completion fish | source
${Object.entries(lists)
  .map(([name, words]) => `set -g __mcp_gauntlet_${name} ${words.join(' ')}`)
  .join('\n')}
complete -c mcp-gauntlet -f
complete -c mcp-gauntlet -n __fish_use_subcommand -l version -d 'the version'
${lines.join('\n')}
`
}

function within(command: string): string {
  return `complete -c mcp-gauntlet -n '__fish_seen_subcommand_from ${command}'`
}

function taken({ takesValue, values, several }: CompletedOption): string {
  if (!takesValue) return ''
  if (values === undefined || values === 'files') return ' -r -F'
  const words = wordsOf(values)
  return ` -x -a ${quoted(several ? `(__fish_append , ${words})` : words)}`
}

function wordsOf(values: Exclude<Values, 'files' | undefined>): string {
  return 'list' in values ? `$__mcp_gauntlet_${values.list}` : values.words.join(' ')
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
