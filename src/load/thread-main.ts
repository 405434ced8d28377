import { parentPort, workerData } from 'node:worker_threads'
import { generate } from './generate.js'
import type { LoadPlan } from './plan.js'
import { serveThread } from './serve-thread.js'

/* The entry of a generator's thread. */
if (parentPort) await serveThread(parentPort, workerData as LoadPlan, generate)
