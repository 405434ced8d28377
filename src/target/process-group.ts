import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { LastLines } from './last-lines.js'

/** How long a group may take to end when asked to, in ms; then it is ended by force. */
const patienceMs = 5000

/** A command that runs, with all the processes it starts, in a process group of its own. */
export interface ProcessGroup {
  /** The shell that runs the command. */
  pid: number
  output: LastLines
  /** Resolves when the command has ended, with how: `exit code 1`, `signal SIGSEGV`. */
  ended: Promise<string>
  /** True while any process of the group lives. */
  alive(): boolean
  /** Ends the whole group, first with SIGTERM, after five seconds with SIGKILL; returns when it is gone. */
  end(): Promise<void>
  /** The same by force and at once, for the moment in which our own process ends. */
  kill(): void
}

/**
 * Runs a command line by the shell, as the user typed it. Interrupts of the terminal do not reach it: we end it in order. Its output is read
 * all the time, so that it never has to wait for us, and its end is kept.
 */
export async function runInGroup(
  command: string,
  { cwd, env }: { cwd: string; env: Record<string, string | undefined> },
): Promise<ProcessGroup> {
  const child = spawn(command, { shell: true, detached: !onWindows, cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = new LastLines()
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => output.add(text))
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  })
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  const pid = child.pid!
  const alive = () => (onWindows ? child.exitCode === null && child.signalCode === null : signalGroup(pid, 0))
  return {
    pid,
    output,
    ended,
    alive,
    kill: () => void signalGroup(pid, 'SIGKILL'),
    async end() {
      if (signalGroup(pid, 'SIGTERM') && !(await within(patienceMs, () => !alive()))) {
        signalGroup(pid, 'SIGKILL')
        await within(patienceMs, () => !alive())
      }
      letGo(child)
    },
  }
}

const onWindows = process.platform === 'win32'

/** Signals a group; false when there is nobody left in it. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (onWindows) return spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']).status === 0
  try {
    return process.kill(-pid, signal)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Waits until something holds, for so many ms at the most; says whether it does. */
async function within(ms: number, holds: () => boolean): Promise<boolean> {
  const end = performance.now() + ms
  while (!holds() && performance.now() < end) await pause(20)
  return holds()
}

/** Whoever has left the group may still hold our ends of its pipes; they must not keep us from ending. */
function letGo(child: ChildProcess): void {
  child.stdout?.destroy()
  child.stderr?.destroy()
  child.unref()
}
