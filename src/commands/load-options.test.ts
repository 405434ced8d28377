import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { UsageError } from '../usage-error.js'
import { compareOptions } from './compare.js'
import { type LoadFlags, loadWish, parsePid } from './load-options.js'
import type { Terminal } from './terminal.js'

const cwd = mkdtempSync(join(tmpdir(), 'gauntlet-load-'))
afterAll(() => rmSync(cwd, { recursive: true }))
writeFileSync(join(cwd, 'ca.pem'), 'PEM')
const own = { description: 'mine', loop: 'open', connections: 3, stages: [{ seconds: 2, rate: 10 }] }
writeFileSync(join(cwd, 'mine.json'), JSON.stringify(own))
const terminal = { cwd } as Terminal

describe('loadWish', () => {
  it('nothing said: steady, and the rest left to detection', async () => {
    const wish = await loadWish({}, terminal)
    expect(wish).toMatchObject({ profileName: 'steady', mode: 'auto', thresholds: [], workers: 1 })
    expect(Object.keys(wish).sort()).toEqual(['mode', 'profile', 'profileName', 'thresholds', 'workers'])
  })

  it('everything said', async () => {
    const flags: LoadFlags = {
      profile: './mine.json',
      mode: 'stateless',
      session: 'shared',
      connections: '7',
      rate: '50/s',
      duration: '4s',
      method: 'ping',
      threshold: ['p(99)<1s', 'rate(errors)<5%'],
      workers: '2',
      ca: 'ca.pem',
    }
    const { thresholds, ...wish } = await loadWish(flags, terminal)
    expect(wish).toEqual({
      profileName: 'mine',
      profile: { ...own, connections: 7, stages: [{ seconds: 4, rate: 50 }] },
      mode: 'stateless',
      session: 'shared',
      method: 'ping',
      workers: 2,
      ca: 'PEM',
    })
    expect(thresholds.map(({ text }) => text)).toEqual(flags.threshold)
  })

  it.each<[LoadFlags, RegExp]>([
    [{ mode: 'both' }, /^--mode both: choose auto, stateful, stateless or modern$/],
    [{ session: 'mine' }, /^--session mine: choose shared, per-connection or per-request$/],
    [{ connections: '0' }, /^--connections 0/],
    [{ connections: '20001' }, /^--connections 20001: 20000 is the most$/],
    [{ rate: 'x' }, /^--rate x/],
    [{ duration: '3' }, /^--duration 3/],
    [{ workers: '0' }, /^--workers 0/],
    [{ workers: '65' }, /^--workers 65: 64 is the most$/],
    [{ threshold: ['p(99)<1parsec'] }, /^threshold "p\(99\)<1parsec": expected us, ms, s/],
    [{ profile: 'nope' }, /^--profile nope: there is no such profile; choose capacity, churn/],
    [{ ca: 'nope.pem' }, /^--ca nope\.pem: cannot be read \(ENOENT\)$/],
  ])('%j', async (flags, words) => {
    const error = await loadWish(flags, terminal).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toMatch(words)
  })
})

describe('compareOptions', () => {
  it('nothing said', () => {
    const options = { sessions: ['per-connection'], loops: ['closed', 'open'], rounds: 6, seconds: 5, connections: 10 }
    expect(compareOptions({})).toEqual({ ...options, memory: true })
  })

  it('everything said, a policy twice', () => {
    const flags = { session: 'shared, per-request,shared', rounds: '2', duration: '1m', connections: '4', rate: '9/s' }
    expect(compareOptions(flags)).toMatchObject({
      sessions: ['shared', 'per-request'],
      rounds: 2,
      seconds: 60,
      connections: 4,
      rate: 9,
    })
  })

  it.each([{ session: 'shared,' }, { rounds: '0' }, { rounds: 'many' }])('%j', (flags) =>
    expect(() => compareOptions(flags)).toThrow(UsageError),
  )
})

it('parsePid knows the processes there are', async () => {
  expect(await parsePid(String(process.pid))).toBe(process.pid)
  await expect(parsePid('99999999')).rejects.toThrow(/^--target-pid 99999999: there is no such process/)
  await expect(parsePid('x')).rejects.toThrow(/^--target-pid x: give a whole number/)
})
