import { Worker } from 'node:worker_threads'

/** Keeps `threads` cores busy with nothing; returns how to end that. */
export function burn(threads: number): () => Promise<void> {
  const spin = 'let at = 0; for (;;) at = Math.sqrt(at + 1)'
  const workers = Array.from({ length: threads }, () => new Worker(spin, { eval: true }))
  return async () => void (await Promise.all(workers.map((worker) => worker.terminate())))
}
