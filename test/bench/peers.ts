import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where programs to compare with are put; git ignores it. */
const room = resolve('.bench')

/** A program to compare with, and what its environment needs. */
export interface Peer {
  file: string
  env: Record<string, string>
}

/** wrk: the one found, or Debian's package unpacked, without root. */
export function findWrk(): Promise<Peer | undefined> {
  return find('wrk', () => unpack('wrk', ['wrk', 'libluajit-5.1-2', 'libluajit-5.1-common'], 'usr/bin/wrk'))
}

/** nginx: the one found, or Debian's package unpacked, without root. */
export function findNginx(): Promise<Peer | undefined> {
  return find('nginx', () => unpack('nginx', ['nginx'], 'usr/sbin/nginx'))
}

/** k6: the one found, or a pinned one of the current major built with Go. */
export function findK6(): Promise<Peer | undefined> {
  return find('k6', buildK6)
}

/** Undefined, with a line that says why, where it cannot be had. */
async function find(name: string, install: () => Promise<string>): Promise<Peer | undefined> {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))
  const known = onPath.find((file) => existsSync(file))
  if (known) return { file: known, env: {} }
  try {
    const file = await install()
    return { file, env: { LD_LIBRARY_PATH: await libraries(name) } }
  } catch (error) {
    console.log(`${name}: left out, it is not installed and could not be (${String(error).split('\n')[0]})`)
    return undefined
  }
}

async function unpack(name: string, packages: string[], program: string): Promise<string> {
  const folder = join(room, name)
  const file = join(folder, program)
  if (existsSync(file)) return file
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await run('apt-get', ['download', ...packages], { cwd: folder })
  for (const one of await readdir(folder))
    if (one.endsWith('.deb')) await run('dpkg', ['-x', one, '.'], { cwd: folder })
  await run(file, ['-v'], { env: { LD_LIBRARY_PATH: await libraries(name) } }).catch((error) => {
    // wrk prints its version and exits with 1.
    if (error.code !== 1) throw error
  })
  return file
}

async function libraries(name: string): Promise<string> {
  const folder = join(room, name, 'usr/lib')
  const machines = existsSync(folder) ? await readdir(folder) : []
  return machines.map((machine) => join(folder, machine)).join(delimiter)
}

async function buildK6(): Promise<string> {
  await run('bash', ['test/k6/install.sh'], { maxBuffer: 1 << 26 })
  return join(room, 'k6', 'k6')
}
