import { deadline } from '../wire/deadline.js'
import { untilReady } from './ready.js'
import type { Surroundings } from './surroundings.js'
import { TargetUnavailable } from './unavailable.js'

/** How long a server may take to be ready where nobody says, in seconds. */
const defaultWait = 60

/** A server that was started and may end before it is ready. */
export interface StartedServer {
  /** How sentences call it. */
  called: string
  /** Resolves when it has ended, with how. */
  ended: Promise<string>
  /** The last lines it printed, secrets redacted. */
  output(): Promise<string>
}

/**
 * Waits until a started server answers as an MCP server. Throws TargetUnavailable when it ends before, or is not ready in time; one that
 * answers in MCP of a kind is left to be judged as it is. Returns early when the user interrupts.
 */
export async function whenReady(
  url: string,
  { called, ended, output }: StartedServer,
  seconds = defaultWait,
  { signal, err }: Surroundings = { cwd: '', env: {} },
): Promise<void> {
  const started = performance.now()
  const over = new AbortController()
  let end: string | undefined
  ended.then(
    (how) => {
      end = how
      over.abort()
    },
    () => {},
  )
  const waiting = deadline(seconds * 1000, over.signal, signal)
  const problem = await untilReady(url, waiting.signal).finally(waiting.release)
  if (!problem || signal?.aborted) return
  if (end !== undefined) {
    const after = ((performance.now() - started) / 1000).toFixed(1)
    const words = `${called} ended with ${end} after ${after} s, before the server was ready.`
    throw new TargetUnavailable(words, url, await output())
  }
  const words = `${called} was not ready within ${seconds} s: ${problem.message}`
  if (!problem.speaks) throw new TargetUnavailable(words, url, await output())
  err?.(`${new TargetUnavailable(words, url).message} It is judged as it is.\n`)
}
