import type { Grammar, Values } from './grammar.js'

/** The script for bash 3.2 and later. Words are cut at `:` and `=` by readline, so what stands before is taken off again. */
export function bashScript({ lists, commands }: Grammar): string {
  const cases = commands.flatMap(({ name, options, values }) => [
    ...options
      .filter(({ takesValue }) => takesValue)
      .map((one) => `    '${name} ${one.name}') ${one.several ? 'several=1; ' : ''}words=${wordsOf(one.values)} ;;`),
    `    '${name} '*) words=${wordsOf(values)}; options='${options.map((one) => one.name).join(' ')} --help' ;;`,
  ])
  return `# bash completion of mcp-gauntlet: source <(mcp-gauntlet completion bash)
${Object.entries(lists)
  .map(([name, words]) => `_mcp_gauntlet_${name}='${words.join(' ')}'`)
  .join('\n')}

_mcp_gauntlet() {
  local line="\${COMP_LINE:0:COMP_POINT}" cur prev words='' options='' several='' before='' kept IFS=$' \\t\\n'
  local -a typed
  read -ra typed <<<"$line"
  [[ "$line" == *[[:space:]] ]] && typed+=('')
  local last=$((\${#typed[@]} - 1))
  cur="\${typed[last]}"
  prev="\${typed[last - 1]}"
  COMPREPLY=()
  if ((last == 1)); then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$cur"))
    return
  fi
  if [[ "$cur" == --*=* ]]; then
    prev="\${cur%%=*}"
    cur="\${cur#*=}"
  fi
  case "\${typed[1]} $prev" in
${cases.join('\n')}
  esac
  [[ "$cur" == -* ]] && words="$options"
  if [[ -n "$several" && "$cur" == *,* ]]; then
    before="\${cur%,*},"
    cur="\${cur##*,}"
  fi
  COMPREPLY=($(compgen -P "$before" -W "$words" -- "$cur"))
  kept="\${cur%"\${cur##*[:=]}"}"
  [[ "$COMP_WORDBREAKS" == *:* && -n "$kept" ]] && COMPREPLY=("\${COMPREPLY[@]#"$kept"}")
  return 0
}
complete -o default -F _mcp_gauntlet mcp-gauntlet
`
}

/** Where nothing is known, readline's own completion of files takes over. */
function wordsOf(values: Values): string {
  if (values === undefined || values === 'files') return "''"
  return 'list' in values ? `"$_mcp_gauntlet_${values.list}"` : `'${values.words.join(' ')}'`
}
