import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import { parsePs, readProcessTree, sumTree } from './process-tree.js'
import { watchServer } from './server-watch.js'

const children: ReturnType<typeof spawn>[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A process that holds 60 MiB, starts a child that holds 60 MiB too, and says so; it works for 300 ms on every line it gets. */
async function startServer() {
  const program = `
    globalThis.held = Buffer.alloc(60 * 2 ** 20, 1)
    process.stdin.on('end', () => process.exit())
    process.stdin.on('data', () => {
      const end = process.cpuUsage().user + 300e3
      while (process.cpuUsage().user < end);
      process.stdout.write('done')
    })
    if (process.argv[1] === 'child') process.stdout.write('up')
    else {
      const child = require('child_process').spawn(process.execPath, ['-e', process.env.PROGRAM, 'child'])
      child.stdout.once('data', () => process.stdout.write('up'))
    }`
  const child = spawn(process.execPath, ['-e', program], { env: { ...process.env, PROGRAM: program } })
  children.push(child)
  await once(child.stdout, 'data')
  return {
    pid: child.pid!,
    async work() {
      child.stdin.write('work\n')
      await once(child.stdout, 'data')
    },
    async end() {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

it.each(['linux', 'darwin'] as const)('reads CPU and memory of a process and its child as on %s', async (platform) => {
  const server = await startServer()
  const before = (await readProcessTree(server.pid, platform))!
  await server.work()
  const after = (await readProcessTree(server.pid, platform))!
  expect(before.rssKib).toBeGreaterThan(120 * 1024)
  expect(after.cpuSeconds - before.cpuSeconds).toBeGreaterThanOrEqual(platform === 'linux' ? 0.25 : 0)
  await server.end()
  expect(await readProcessTree(server.pid, platform)).toBeUndefined()
})

it('tells CPU per answer from the first reading to the last', async () => {
  const server = await startServer()
  const watch = await watchServer(server.pid)
  await server.work()
  expect(await watch.sample()).toMatchObject({ cpu: expect.any(Number), rss: expect.any(Number) })
  const stats = (await watch.stop(10))!
  expect(stats.cpuMsPerRequest).toBeGreaterThan(25)
  expect(stats.rss.max).toBeGreaterThanOrEqual(stats.rss.start)
  expect(watch.problem()).toBeUndefined()
})

it('adds shares up over time, exactly', async () => {
  const readings = [
    { cpuSeconds: 1, rssKib: 1024 },
    { cpuSeconds: 1.5, rssKib: 4096 },
    { cpuSeconds: 3, rssKib: 2048 },
  ]
  const watch = await watchServer(7, async () => readings.shift())
  await watch.sample()
  const stats = (await watch.stop(1000))!
  expect(stats.rss).toEqual({ start: 1, end: 2, max: 4 })
  expect(stats.cpuMsPerRequest).toBe(2)
  expect(watch.samples).toHaveLength(1)
})

it('keeps what was read of a process that ends, and says that it ended', async () => {
  const readings = [{ cpuSeconds: 1, rssKib: 1024 }, { cpuSeconds: 2, rssKib: 4096 }, undefined]
  const watch = await watchServer(7, async () => readings.shift())
  await watch.sample()
  expect(await watch.sample()).toBeUndefined()
  expect(await watch.stop(500)).toMatchObject({ cpuMsPerRequest: 2, rss: { start: 1, end: 4, max: 4 } })
  expect(watch.problem()).toBe('Process 7 ended while it was watched.')
})

it('says so when a process cannot be read at all', async () => {
  const watch = await watchServer(7, async () => undefined)
  expect(await watch.sample()).toBeUndefined()
  expect(await watch.stop(1)).toBeUndefined()
  expect(watch.problem()).toMatch(/^Process 7 cannot be watched/)
})

it('reads the times of ps in every form', () => {
  const rows = parsePs(
    '  1   0  900 0:01.23\n 20   1  100 01:02:03\n300  20   50 2-03:04:05\nnoise\n  7   1  3 12:34\n',
  )
  expect(rows.map(({ cpuSeconds }) => cpuSeconds)).toEqual([1.23, 3723, 183_845, 754])
  expect(sumTree(rows, 20)).toEqual({ cpuSeconds: 187_568, rssKib: 150 })
  expect(sumTree(rows, 8)).toBeUndefined()
})
