import type { MessagePort } from 'node:worker_threads'
import type { LoadPlan } from './plan.js'
import type { GeneratorEvent } from './tally.js'
import { encodeForThread } from './tally-transfer.js'
import type { ToThread } from './thread.js'

/** Makes the load of a plan and tells of it; `start` is awaited once sessions are open, before the clock starts. */
export type Generate = (
  plan: LoadPlan,
  signal: AbortSignal,
  start?: () => Promise<void>,
) => AsyncIterable<GeneratorEvent>

/** The thread's side of `Thread`: makes the load of its share, tells of it through the port, and listens for `start` and `stop`. */
export async function serveThread(port: MessagePort, plan: LoadPlan, generate: Generate): Promise<void> {
  const stopped = new AbortController()
  const started = new Promise<void>((resolve) => {
    port.on('message', (message: ToThread) => {
      if (message === 'stop') stopped.abort()
      resolve()
    })
  })
  for await (const event of generate(plan, stopped.signal, () => started)) port.postMessage(encodeForThread(event))
  port.close()
}
