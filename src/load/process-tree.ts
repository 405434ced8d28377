import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** What a process and all its descendants have used since they began. */
export interface ProcessUse {
  /** CPU seconds, ended children included where the system counts them. */
  cpuSeconds: number
  /** Resident memory now, in KiB; what processes share is counted in each. */
  rssKib: number
}

/** One line of the process table. */
interface Row extends ProcessUse {
  pid: number
  parent: number
}

/** Clock ticks per second in /proc: 100 on every Linux there is. */
const ticks = 100

/** Reads /proc where there is one, `ps` elsewhere; undefined when there is no such process or nothing can be read of it. */
export async function readProcessTree(pid: number, platform = process.platform): Promise<ProcessUse | undefined> {
  if (platform === 'linux') return readFromProc(pid)
  if (platform === 'win32') return undefined
  return sumTree(await readFromPs(), pid)
}

async function readFromProc(pid: number): Promise<ProcessUse | undefined> {
  const own = await readProcess(pid)
  if (!own) return undefined
  for (const child of await childrenOf(pid)) {
    const use = await readFromProc(child)
    if (use) {
      own.cpuSeconds += use.cpuSeconds
      own.rssKib += use.rssKib
    }
  }
  return own
}

async function readProcess(pid: number): Promise<ProcessUse | undefined> {
  try {
    const [stat, status] = await Promise.all(['stat', 'status'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')))
    // The name in brackets may hold blanks and brackets; the state follows the last one.
    const fields = stat!.slice(stat!.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return undefined
    const used = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return { cpuSeconds: used / ticks, rssKib: Number(/^VmRSS:\s+(\d+) kB/m.exec(status!)?.[1] ?? 0) }
  } catch {
    return undefined
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  try {
    const tasks = await readdir(`/proc/${pid}/task`)
    const lists = await Promise.all(tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8')))
    return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number))
  } catch {
    return []
  }
}

async function readFromPs(): Promise<Row[]> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,rss=,time='])
    return parsePs(stdout)
  } catch {
    return []
  }
}

/** Reads lines of `ps -o pid=,ppid=,rss=,time=`; times look like `0:01.23`, `01:02:03` or `2-03:04:05`. */
export function parsePs(text: string): Row[] {
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, rss, days, clock] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(?:(\d+)-)?([\d:.]+)\s*$/.exec(line) ?? []
    if (!clock) return []
    const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        rssKib: Number(rss),
        cpuSeconds: Number(days ?? 0) * 86_400 + seconds,
      },
    ]
  })
}

/** Adds up a process and its descendants; undefined when it is not in the table. */
export function sumTree(rows: readonly Row[], pid: number): ProcessUse | undefined {
  const own = rows.find((row) => row.pid === pid)
  if (!own) return undefined
  const total = { cpuSeconds: own.cpuSeconds, rssKib: own.rssKib }
  for (const child of rows.filter(({ parent }) => parent === pid)) {
    const use = sumTree(rows, child.pid)
    total.cpuSeconds += use?.cpuSeconds ?? 0
    total.rssKib += use?.rssKib ?? 0
  }
  return total
}
