import { UsageError } from '../usage-error.js'
import { bashScript } from './completion/bash.js'
import { fishScript } from './completion/fish.js'
import { grammarOf } from './completion/grammar.js'
import { zshScript } from './completion/zsh.js'
import type { Terminal } from './terminal.js'

const shells = { bash: bashScript, zsh: zshScript, fish: fishScript }

/** `mcp-gauntlet completion bash|zsh|fish`: prints the script that the shell is to source. */
export async function completionCommand(shell: string, terminal: Terminal): Promise<number> {
  const script = Object.hasOwn(shells, shell) ? shells[shell as keyof typeof shells] : undefined
  if (!script) throw new UsageError(`there is no completion for "${shell}"; choose ${Object.keys(shells).join(', ')}`)
  terminal.out(script(await grammarOf(Object.keys(shells))))
  return 0
}
