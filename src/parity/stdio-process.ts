import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

/** How a STDIO server is started: a program with arguments, or with `shell` a command line as the user typed it. */
export interface StdioCommand {
  command: string
  args?: readonly string[]
  shell?: boolean
  cwd: string
  env: Record<string, string | undefined>
}

/** How long a server may take to end, in ms: after its input was closed, and again after SIGTERM. */
const graceMs = 5000

/** A process in a group of its own, whose streams are read line by line. */
export interface LineProcess {
  /** Writes a line; one that can no longer be written is dropped: `ended` tells why. */
  write(line: string): void
  /** Resolves with how it ended: `exit code 0`, `signal SIGKILL`, or why it could not be started. */
  ended: Promise<string>
  /**
   * Closes its input as the protocol has it, and ends the whole group where that is not enough. Says how it ended.
   * Spec: basic/lifecycle#stdio.
   */
  end(): Promise<string>
}

/** Starts a process; lines of its streams go to the listeners, each bounded to `longest` characters. */
export function startLines(
  { command, args = [], shell = false, cwd, env }: StdioCommand,
  listeners: { stdout(line: string): void; stderr(line: string): void },
): LineProcess {
  const child = spawn(command, [...args], { cwd, env, shell, detached: true, stdio: 'pipe' })
  readLines(child.stdout, listeners.stdout)
  readLines(child.stderr, listeners.stderr)
  child.stdin.on('error', () => {})
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
    child.once('error', (error) => resolve(`it could not be started: ${error.message}`))
  })
  return {
    ended,
    write: (line) => void (child.stdin.writable && child.stdin.write(`${line}\n`)),
    async end() {
      child.stdin.end()
      const byItself = await within(ended, graceMs)
      if (byItself === undefined) signalGroup(child, 'SIGTERM')
      const end = byItself ?? (await within(ended, graceMs))
      signalGroup(child, 'SIGKILL')
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
      if (byItself) return byItself
      return `${end ?? (await ended)}, as it did not end when its input was closed`
    },
  }
}

/** The most that is kept of one line, in characters; what follows is dropped. */
const longest = 8 << 20

function readLines(stream: NodeJS.ReadableStream, line: (text: string) => void): void {
  let kept = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const [first = '', ...more] = text.split('\n')
    kept = (kept + first).slice(0, longest)
    for (const next of more) {
      line(kept.replace(/\r$/, ''))
      kept = next
    }
  })
  stream.on('end', () => kept && line(kept))
  stream.on('error', () => {})
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  return Promise.race([promise, pause(ms, undefined, { ref: false })])
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal)
  } catch {
    // Nobody is left in it.
  }
}
