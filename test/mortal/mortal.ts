import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../src/target/port.js'

const script = resolve('test/mortal/server.mjs')

/** How a server dies, and what becomes of it then. */
export interface Death {
  /** The method, or the whole body where it names none, of the request that kills it. */
  of: string
  by?: 'exit' | 'throw' | 'kill'
  /** How many processes share the port; the one that gets the request dies. */
  workers?: number
  sessions?: boolean
  /** A supervisor starts it again so many ms after it has died. */
  backAfterMs?: number
}

/** A server in a process of its own that dies of one request. */
export interface Mortal {
  url: string
  /** How often a request came in, over all its lives. */
  arrivals(request: string): number
  close(): Promise<void>
}

/** Starts one on a free loopback port. */
export async function startMortal({ backAfterMs, ...death }: Death): Promise<Mortal> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-mortal-'))
  const log = join(folder, 'requests')
  let over = false
  let child: ChildProcess
  const live = () => {
    child = spawn(process.execPath, [script, String(port), JSON.stringify({ ...death, log })], { stdio: 'ignore' })
    child.once('exit', async () => {
      if (over || backAfterMs === undefined) return
      await pause(backAfterMs)
      if (!over) live()
    })
  }
  live()
  const url = `http://127.0.0.1:${port}/mcp`
  while (!(await fetch(url).catch(() => undefined))) await pause(30)
  return {
    url,
    arrivals: (request) => linesOf(log).filter((line) => line === `POST ${request}`).length,
    async close() {
      over = true
      const ended = new Promise((done) => child.once('exit', done))
      if (child.exitCode === null && child.signalCode === null && child.kill()) await ended
      rmSync(folder, { recursive: true })
    },
  }
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
}
