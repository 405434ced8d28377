import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

const root = resolve(import.meta.dirname, '../..')

/** action.yml as it is read by a runner. */
export const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'))

/** What a job sees of the action. */
export interface Outcome {
  code: number
  outputs: Record<string, string>
  log: string
  summary: string
}

/** Runs the steps of action.yml by hand in bash, as a runner does: expressions in `env` filled in, outputs read back; stops at the first that fails. */
export function runAction(inputs: Record<string, string>, folder: string, env: NodeJS.ProcessEnv = {}): Outcome {
  const temp = join(folder, '.runner')
  mkdirSync(temp, { recursive: true })
  const summary = join(temp, 'summary.md')
  const outputs = join(temp, 'outputs')
  writeFileSync(outputs, '')
  let [code, log] = [0, '']
  for (const [at, step] of action.runs.steps.entries()) {
    const script = join(temp, `step-${at}.sh`)
    writeFileSync(script, step.run)
    const filled = Object.entries<string>(step.env).map(([name, text]) => [name, filledIn(text, inputs)])
    const done = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_ACTION_PATH: root, RUNNER_TEMP: temp },
        ...{ GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: folder },
        ...Object.fromEntries(filled),
        ...env,
      },
    })
    log += done.stdout + done.stderr
    code = done.status ?? 1
    if (code !== 0) break
  }
  const stepOutputs = readOutputs(readFileSync(outputs, 'utf8'))
  return {
    ...{ code, log, outputs: stepOutputs },
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
  }
}

/** An input as the action's own expression names it, or its default. */
function filledIn(text: string, inputs: Record<string, string>): string {
  const [, name = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text) ?? []
  if (!action.inputs[name]) throw new Error(`${text} names no input`)
  return inputs[name] ?? action.inputs[name].default
}

/** GITHUB_OUTPUT as a runner reads it: `name<<delimiter`, lines, delimiter; anything else is an error. */
function readOutputs(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  const rest = text.split('\n').slice(0, -1)
  while (rest.length > 0) {
    const [, name = '', end = ''] = /^([\w-]+)<<(.+)$/.exec(rest.shift()!) ?? []
    const at = rest.indexOf(end)
    if (!name || at < 0) throw new Error(`no output: ${text}`)
    found[name] = rest
      .splice(0, at + 1)
      .slice(0, -1)
      .join('\n')
  }
  return found
}
