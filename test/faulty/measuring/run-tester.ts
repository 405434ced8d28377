import { spawn } from 'node:child_process'
import type { FaultyServer } from '../server.js'

/** What one run of the tester reported. */
export interface Reading {
  /** Ids of the checks that failed or warned, with their status. */
  findings: Map<string, 'fail' | 'warn'>
  /** Requirement each finding is about. */
  requirements: Map<string, string>
  /** First words of each finding. */
  messages: Map<string, string>
  seconds: number
  /** Why the run is unusable, if it is. */
  trouble?: string
}

interface RunDocument {
  results: { id: string; requirement?: string; outcome: { status: string; message?: string } }[]
}

const BAD_TOKENS = [
  ['expired', 'expired'],
  ['wrong-audience', 'wrongAudience'],
  ['insufficient-scope', 'insufficientScope'],
] as const

/** Builds the command line and the environment that carries the tokens. */
export function commandFor(
  server: FaultyServer,
  badTokenFlag: string,
): { args: string[]; env: Record<string, string> } {
  const args = ['check', server.url, '--json']
  const env: Record<string, string> = {}
  for (const tool of server.safeTools) args.push('--tool', `${tool.name}=${JSON.stringify(tool.arguments)}`)
  const { tokens } = server
  if (tokens === undefined) return { args, env }
  env.FAULTY_TOKEN = tokens.valid
  env.FAULTY_SECOND_TOKEN = tokens.second
  args.push('--token-env', 'FAULTY_TOKEN', '--second-token-env', 'FAULTY_SECOND_TOKEN')
  for (const [label, key] of BAD_TOKENS) {
    const token = tokens[key]
    if (token === undefined) continue
    const variable = `FAULTY_${label.replace('-', '_').toUpperCase()}`
    env[variable] = token
    args.push(badTokenFlag, `${label}=${variable}`)
  }
  return { args, env }
}

function readDocument(text: string): RunDocument | undefined {
  const start = text.indexOf('{')
  if (start < 0) return undefined
  try {
    const parsed: unknown = JSON.parse(text.slice(start))
    return typeof parsed === 'object' && parsed !== null && 'results' in parsed ? (parsed as RunDocument) : undefined
  } catch {
    return undefined
  }
}

/** Runs the tester once against a server. */
export function runTester(
  cli: string,
  server: FaultyServer,
  capSeconds: number,
  badTokenFlag: string,
): Promise<Reading> {
  const { args, env } = commandFor(server, badTokenFlag)
  const started = Date.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    let capped = false
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    const timer = setTimeout(() => {
      capped = true
      child.kill('SIGKILL')
    }, capSeconds * 1000)
    child.on('close', (code) => {
      clearTimeout(timer)
      const seconds = (Date.now() - started) / 1000
      const reading: Reading = { findings: new Map(), requirements: new Map(), messages: new Map(), seconds }
      const run = readDocument(stdout)
      if (capped) reading.trouble = `stopped at the cap of ${capSeconds} s`
      else if (run === undefined)
        reading.trouble = `no document, exit ${code}: ${stderr.trim().split('\n').at(-1) ?? ''}`
      for (const { id, requirement, outcome } of run?.results ?? []) {
        if (outcome.status !== 'fail' && outcome.status !== 'warn') continue
        reading.findings.set(id, outcome.status)
        reading.requirements.set(id, requirement ?? '')
        reading.messages.set(id, (outcome.message ?? '').slice(0, 200))
      }
      resolve(reading)
    })
  })
}
