import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const built = join(root, 'dist/src/cli.js')
/** Written last by whatever builds the program. */
const stamp = join(root, 'dist/suites/all.js')

/** Builds the program when it is missing or older than its sources. */
export function buildCli(): void {
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest()) return
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const bundle of ['bundle-suites.js', 'bundle-k6-script.js', 'bundle.js'])
    spawnSync(process.execPath, [join(root, bundle)], { cwd: root })
  if (!existsSync(built)) throw new Error(`the program could not be built:\n${stdout}`)
}

function newest(): number {
  const files = ['src', 'suites', 'reference-server'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => statSync(join(root, folder, file)).mtimeMs),
  )
  return Math.max(...files)
}

/** What a call of the program gave. */
export interface Outcome {
  args: string[]
  stdout: string
  stderr: string
  code: number | null
}

/** A folder of the running test's own. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Starts the program; `meet` gets the process before it has ended. */
export async function runCli(
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; meet?: (child: ChildProcess) => void } = {},
): Promise<Outcome> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env
  const child = spawn(process.execPath, [built, ...args], {
    cwd: options.cwd ?? ownFolder(),
    env: { ...env, CI: '1', ...options.env },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data) => {
    stdout += data
  })
  child.stderr.on('data', (data) => {
    stderr += data
  })
  options.meet?.(child)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { args, stdout, stderr, code }
}

/** A call of the program as a page of Markdown: what differs from run to run is replaced. */
export function transcript(title: string, outcome: Outcome): string {
  const { args, stdout, stderr, code } = outcome
  const words = args.map((word) => (/^[\w@%+=:,./<>-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
  const block = (name: string, text: string) =>
    text === '' ? '' : `${name}:\n\n\`\`\`text\n${text.replace(/\n*$/, '\n')}\`\`\`\n\n`
  const page = `# ${title}\n\n\`\`\`console\n$ mcp-gauntlet ${words.join(' ')}\n\`\`\`\n\n${block('stdout', stdout)}${block('stderr', stderr)}exit code: ${code}\n`
  return steady(page)
}

function steady(text: string): string {
  return text
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1:<port>')
    .replace(/\b\d+\.\d s\b/g, '<time> s')
    .replace(/\bseed [0-9a-f]{24}\b/g, 'seed <seed>')
    .replace(/suites are [\w, -]+, and mcp-/, 'suites are <every suite>, and mcp-')
    .replace(/^\d+\.\d+\.\d+$/m, '<version>')
}
