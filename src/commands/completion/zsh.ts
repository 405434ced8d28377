import type { CompletedCommand, Grammar, Values } from './grammar.js'

/** The script for zsh: to be sourced after compinit, or kept as a file named _mcp-gauntlet in the fpath. */
export function zshScript({ lists, commands }: Grammar): string {
  return `#compdef mcp-gauntlet
# zsh completion of mcp-gauntlet: source <(mcp-gauntlet completion zsh)
${Object.entries(lists)
  .map(([name, words]) => `typeset -ga _mcp_gauntlet_${name}=(${words.join(' ')})`)
  .join('\n')}

_mcp_gauntlet() {
  local prev=\${words[CURRENT-1]}
  local -a options
  if (( CURRENT == 2 )); then
    options=(${described(commands)})
    _describe command options
    return
  fi
  if [[ \${words[CURRENT]} == --*=* ]]; then
    prev=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  case "\${words[2]} $prev" in
${commands.map(caseOf).join('\n')}
  esac
}
if [[ $funcstack[1] == _mcp-gauntlet ]]; then _mcp_gauntlet "$@"; else compdef _mcp_gauntlet mcp-gauntlet; fi
`
}

function caseOf({ name, options, values }: CompletedCommand): string {
  const valued = options.filter(({ takesValue }) => takesValue)
  const lines = valued.map(
    (one) => `    '${name} ${one.name}') ${one.several ? "compset -P '*,'; " : ''}${wordsOf(one.values)} ;;`,
  )
  const choice = `if [[ \${words[CURRENT]} == -* ]]; then options=(${described(options)}); _describe -o option options; else ${wordsOf(values)}; fi`
  return [...lines, `    '${name} '*) ${choice} ;;`].join('\n')
}

function wordsOf(values: Values): string {
  if (values === undefined || values === 'files') return '_files'
  return 'list' in values ? `compadd -- $_mcp_gauntlet_${values.list}` : `compadd -- ${values.words.join(' ')}`
}

/** Names with their descriptions as _describe takes them; a colon would end the name. */
function described(entries: readonly { name: string; description: string }[]): string {
  return entries
    .map(({ name, description }) => `'${name}:${description.replaceAll("'", `'\\''`).replaceAll(':', '\\:')}'`)
    .join(' ')
}
