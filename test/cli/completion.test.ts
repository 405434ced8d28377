import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildCli, ownFolder, runCli } from './cli.js'

beforeAll(buildCli)

/** What each shell makes of a line: its candidates, or for zsh the line as it stands after a tab. */
const shells: Record<string, (script: string, line: string) => string> = {
  bash: (script, line) =>
    run(
      'bash',
      `source ${script}; COMP_LINE="$0"; COMP_POINT=\${#0}; _mcp_gauntlet; printf '%s\\n' "\${COMPREPLY[@]}"`,
      line,
    ),
  fish: (script, line) => run('fish', `source ${script}; complete -C $argv[1]`, line).replace(/\t.*/g, ''),
}

function run(shell: string, command: string, line: string): string {
  const { stdout, stderr } = spawnSync(shell, ['-c', command, line], { encoding: 'utf8', timeout: 20_000 })
  expect(stderr).toBe('')
  return stdout
}

async function scriptFor(shell: string): Promise<string> {
  const file = join(ownFolder(), 'script')
  const { stdout, code } = await runCli(['completion', shell])
  expect(code).toBe(0)
  writeFileSync(file, stdout)
  return file
}

const lines: [line: string, candidates: string[]][] = [
  ['mcp-gauntlet expl', ['explain']],
  ['mcp-gauntlet check --req', ['--require-complete']],
  ['mcp-gauntlet check --suite pi', ['ping']],
  ['mcp-gauntlet check --suite ping,sess', ['ping,session']],
  ['mcp-gauntlet check --auth ', ['auto', 'none', 'required']],
  ['mcp-gauntlet explain session/terminated-g', ['session/terminated-get-is-404']],
  ['mcp-gauntlet check --only session/terminated-g', ['session/terminated-get-is-404']],
  ['mcp-gauntlet report run.json --as ht', ['html']],
  ['mcp-gauntlet completion f', ['fish']],
]

describe.each(Object.keys(shells))('%s', (shell) => {
  it('completes commands, options, values, suites and check ids', async (context) => {
    if (spawnSync(shell, ['--version']).error) context.skip(`${shell} is not installed here`)
    const script = await scriptFor(shell)
    for (const [line, candidates] of lines)
      expect(shells[shell]!(script, line).trim().split('\n').sort(), line).toEqual(candidates)
  }, 60_000)
})

it('bash: what readline cut off at = and : is not said again', async () => {
  const script = await scriptFor('bash')
  expect(shells.bash!(script, 'mcp-gauntlet check reference:stateful').trim()).toBe('stateful')
  expect(shells.bash!(script, 'mcp-gauntlet check --auth=req').trim()).toBe('required')
})

it('zsh completes what is typed in a terminal', async (context) => {
  if (spawnSync('zsh', ['--version']).error) context.skip('zsh is not installed here')
  const script = await scriptFor('zsh')
  const typed = join(import.meta.dirname, 'zsh-complete.zsh')
  for (const [line, whole] of [
    ['mcp-gauntlet expl', 'mcp-gauntlet explain'],
    ['mcp-gauntlet check --suite ping,sess', '--suite ping,session'],
    ['mcp-gauntlet explain session/terminated-g', 'session/terminated-get-is-404'],
    ['mcp-gauntlet check --auth=req', '--auth=required'],
  ] as const) {
    const { stdout } = spawnSync('zsh', ['-f', typed, script, line], { encoding: 'utf8', timeout: 20_000 })
    expect(stdout).toContain(whole)
  }
}, 60_000)

it('an unknown shell: one line and exit 2', async () => {
  const { code, stderr } = await runCli(['completion', 'tcsh'])
  expect([code, stderr]).toEqual([2, 'mcp-gauntlet: there is no completion for "tcsh"; choose bash, zsh, fish\n'])
})
