import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { ReferenceOptions, RunningReference } from '../../reference-server/index.js'

/** How long the server may take to come up and to end, in ms; then it is ended by force. */
const patienceMs = 10_000

/** The reference server in a process of its own; `pid` says which. */
export interface ApartReference extends RunningReference {
  pid: number
}

/**
 * Starts the reference server in a process of its own, so that its CPU and memory can be told from ours. The process belongs to no terminal: an
 * interrupt reaches us first and lets us end in order. It ends when we do. Only the build can do this: processes cannot load TypeScript.
 */
export async function startApart(options: ReferenceOptions): Promise<ApartReference> {
  const child = fork(new URL('../../reference-server/process.js', import.meta.url), {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = once(child, 'exit')
  child.send(options)
  const described = await Promise.race([
    once(child, 'message').then(([message]) => message as Omit<RunningReference, 'close'>),
    ended.then(([code]) => Promise.reject(new Error(`the reference server ended with ${code} before it listened`))),
  ])
  return {
    ...described,
    pid: child.pid!,
    async close() {
      if (child.connected) child.send('close')
      const force = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      if (child.exitCode === null && child.signalCode === null) await ended
      clearTimeout(force)
    },
  }
}
