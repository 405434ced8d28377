import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url))

/** How one call of the program went. */
export interface Watched {
  /** Null: it did not end within its bound and was killed. */
  code: number | null
  ms: number
  /** The most memory it held at once, in MB, as Linux counts it; 0 where that cannot be read. */
  peakMb: number
  stdout: string
  stderr: string
}

/** Runs the program as a process of its own, watches its memory, and kills it after `mostMs`. */
export async function watched(args: string[], cwd: string, env: NodeJS.ProcessEnv, mostMs: number): Promise<Watched> {
  const started = performance.now()
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...process.env, CI: '1', NO_COLOR: '1', ...env },
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (data) => {
      said[name] += data
    })
  let peakMb = 0
  const look = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid!))
  }, 50)
  const bound = setTimeout(() => child.kill('SIGKILL'), mostMs)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearInterval(look)
  clearTimeout(bound)
  return { code, ms: performance.now() - started, peakMb, ...said }
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
