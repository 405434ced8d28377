// The step of the GitHub Action: reads its inputs from the environment, runs mcp-gauntlet without a shell, and writes the outputs.
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const { env } = process
const input = (name) => (env[`INPUT_${name}`] ?? '').trim()
const lines = (name) =>
  input(name)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const folder = resolve(input('WORKING_DIRECTORY') || '.')
const out = input('OUT') || 'mcp-gauntlet-report'
const files = Object.fromEntries(
  [
    ['run', 'run.json'],
    ['html', 'report.html'],
    ['sarif', 'results.sarif'],
    ['junit', 'junit.xml'],
  ].map(([name, file]) => [name, join(out, file)]),
)

/** Ends the step with one line that says what to mend. */
function refuse(message) {
  process.stdout.write(`::error title=mcp-gauntlet::${escaped(message)}\n`)
  finish(2)
}

/** Text in a workflow command: line ends would begin another one. */
function escaped(text) {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** `--flag=value` for every input that is set: a value can be taken for no other flag. */
function given(...names) {
  return names.filter(input).map((name) => `--${name.toLowerCase().replaceAll('_', '-')}=${input(name)}`)
}

function switches(...names) {
  return names.filter((name) => {
    const value = input(name)
    if (!['', 'true', 'false'].includes(value)) refuse(`${name.toLowerCase()}: write true or false`)
    return value === 'true'
  })
}

/** The words of the command line. */
function commandLine() {
  const ofCheck = ['START', 'WAIT_FOR', 'TOOL', 'TOKEN', 'AUTH']
  const gated = input('CONFIG') !== '' || (input('URL') === '' && input('START') === '')
  const strange = ofCheck.filter((name) => gated && input(name))
  if (strange.length > 0)
    refuse(`${strange[0].toLowerCase().replaceAll('_', '-')}: say it in the config, or give url or start and no config`)
  const both = [
    ...given('SUITE', 'BASELINE'),
    ...switches('STRICT', 'REQUIRE_COMPLETE').map((name) => `--${name.toLowerCase().replaceAll('_', '-')}`),
    ...['terminal', 'github', `html=${files.html}`, `sarif=${files.sarif}`, `junit=${files.junit}`].map(
      (one) => `--report=${one}`,
    ),
    `--out=${out}`,
    ...lines('ARGS'),
  ]
  if (gated) return ['run', ...given('URL'), ...both, ...(input('CONFIG') ? ['--', input('CONFIG')] : [])]
  const token = input('TOKEN') ? ['--token-env=INPUT_TOKEN'] : []
  const tools = lines('TOOL').map((tool) => `--tool=${tool}`)
  return [
    'check',
    ...given('START', 'WAIT_FOR', 'AUTH'),
    ...tools,
    ...token,
    ...both,
    ...(input('URL') ? ['--', input('URL')] : []),
  ]
}

/** Writes the outputs, each between delimiters that nobody can guess, and ends with the exit code of the run. */
function finish(code) {
  const path = (file) => resolve(folder, file)
  const run = existsSync(path(files.run)) ? JSON.parse(readFileSync(path(files.run), 'utf8')) : undefined
  const outputs = {
    verdict: run?.verdict.name ?? 'not-run',
    'exit-code': String(code),
    counts: JSON.stringify(run?.verdict.counts ?? {}),
    ...Object.fromEntries(
      Object.entries(files).map(([name, file]) => [name, existsSync(path(file)) ? path(file) : '']),
    ),
  }
  for (const [name, value] of Object.entries(outputs)) {
    const end = `end-${randomUUID()}`
    if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`)
  }
  process.exit(code)
}

if (input('TOKEN')) process.stdout.write(`::add-mask::${escaped(input('TOKEN'))}\n`)
if (!existsSync(folder)) refuse('working-directory: there is no such folder')
for (const file of Object.values(files)) rmSync(resolve(folder, file), { force: true })
const home = input('VERSION')
  ? join(env.RUNNER_TEMP ?? '', 'mcp-gauntlet/node_modules/mcp-gauntlet')
  : (env.GITHUB_ACTION_PATH ?? '.')
const { status, error } = spawnSync(process.execPath, [join(home, 'dist/src/cli.js'), ...commandLine()], {
  cwd: folder,
  stdio: ['ignore', 'inherit', 'inherit'],
})
if (error) refuse(`mcp-gauntlet did not start: ${error.message}`)
finish(status ?? 5)
