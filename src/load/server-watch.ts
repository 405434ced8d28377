import { performance } from 'node:perf_hooks'
import type { ServerStats } from '../report/load.js'
import { type ProcessUse, readProcessTree } from './process-tree.js'

/** One reading: CPU share since the reading before (1 is one core) and resident memory in MiB. */
export interface ServerSample {
  cpu: number
  rss: number
}

/** Watches the process of a server, its children included. */
export interface ServerWatch {
  /** One reading, to be asked for once a second; undefined when the process cannot be read, which it then stays. */
  sample(): Promise<ServerSample | undefined>
  /** A last reading, and all readings together up to the last that could be made; undefined with fewer than two. `good`: answers it gave. */
  stop(good: number): Promise<ServerStats | undefined>
  /** Every reading in turn. */
  readonly samples: (ServerSample | undefined)[]
  /** Why figures are missing, in one sentence. */
  problem(): string | undefined
}

/** Reads what a server that is no process of this machine, such as a container, has used. */
export type ReadUse = () => Promise<ProcessUse | undefined>

/** Begins to watch a process, or whatever can be read; the first reading is made before this returns. `readProcess` is how a process is read. */
export async function watchServer(server: number | ReadUse, readProcess = readProcessTree): Promise<ServerWatch> {
  const pid = typeof server === 'number' ? server : undefined
  const read = typeof server === 'number' ? () => readProcess(server) : server
  const called = pid === undefined ? 'The container' : `Process ${pid}`
  const first = { use: await read(), at: performance.now() }
  const samples: (ServerSample | undefined)[] = []
  let last = first
  let problem = first.use ? undefined : `${called} cannot be watched: there is none, or this system does not show it.`

  async function take(): Promise<ServerSample | undefined> {
    const use = problem ? undefined : await read()
    if (!use) {
      problem ??= `${called} ended while it was watched.`
      return undefined
    }
    const before = last
    last = { use, at: performance.now() }
    return { cpu: shareOf(before, last), rss: toMib(use.rssKib) }
  }

  return {
    samples,
    problem: () => problem,
    async sample() {
      const sample = await take()
      samples.push(sample)
      return sample
    },
    async stop(good) {
      await take()
      if (!first.use || !last.use || last === first) return undefined
      const rss = [toMib(first.use.rssKib), ...samples.flatMap((sample) => sample?.rss ?? []), toMib(last.use.rssKib)]
      return {
        ...(pid === undefined ? {} : { pid }),
        cpu: shareOf(first, last),
        cpuMsPerRequest: good > 0 ? ((last.use.cpuSeconds - first.use.cpuSeconds) * 1000) / good : 0,
        rss: { start: rss[0]!, end: rss.at(-1)!, max: Math.max(...rss) },
      }
    },
  }
}

interface Reading {
  use: ProcessUse | undefined
  at: number
}

function shareOf(before: Reading, after: Reading): number {
  const spent = (after.use?.cpuSeconds ?? 0) - (before.use?.cpuSeconds ?? 0)
  return after.at > before.at ? Math.max(0, spent) / ((after.at - before.at) / 1000) : 0
}

function toMib(kib: number): number {
  return Math.round(kib / 10.24) / 100
}
