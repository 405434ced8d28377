import { parentPort, workerData } from 'node:worker_threads'
import { startReference } from './index.js'
import type { ReferenceOptions } from './options.js'

/* The reference server on a thread of its own, so that it does not share one with the client that judges it. */
const server = await startReference(workerData as ReferenceOptions)
const { close, ...described } = server
parentPort?.once('message', async () => {
  await close()
  parentPort?.close()
})
parentPort?.postMessage(described)
