import { execFileSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, it } from 'vitest'
import type { Run } from '../../src/report/run.js'
import { buildCli, ownFolder, runCli } from '../cli/cli.js'
import { fresh, leaks, outputs, reports } from '../secrets/leaks.js'

const docker = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' })
const folder = process.env.GAUNTLET_EVERYTHING ?? ''

/** An image that runs a line of JavaScript. */
function imageOf(name: string, script: string, more = ''): string {
  const context = ownFolder()
  const command = JSON.stringify(['node', '-e', script])
  writeFileSync(join(context, 'Dockerfile'), `FROM gauntlet-base:test\n${more}\nCMD ${command}\n`)
  docker('build', '-q', '-t', name, context)
  return name
}

beforeAll(() => {
  buildCli()
  docker('build', '-q', '-t', 'everything:test', folder)
})

afterEach(() => expect(docker('ps', '-aq'), 'containers left behind').toBe(''))

it('a real server from a Dockerfile is built, judged and removed, its image too', async () => {
  const thin = ownFolder()
  writeFileSync(join(thin, 'Dockerfile'), 'FROM everything:test\nENV TEST=1\n')
  const { stdout, code } = await runCli(['check', '--dockerfile', thin, '--suite', 'initialize,ping', '--json'])
  const run: Run = JSON.parse(stdout)
  expect([code, run.verdict.name]).toEqual([0, 'pass'])
  expect(run.parts[0]!.target.facts?.serverInfo.name).toBe('mcp-servers/everything')
  expect(docker('images', '-q', 'localhost/mcp-gauntlet-target')).toBe('')
})

it('a load tells what the container used, and its bounds hold', async () => {
  const bounds = ['--cpus', '0.5', '--memory', '256m', '--wait-for', '30s']
  const load = ['load', '--image', 'everything:test', ...bounds, '--duration', '4s', '--workers', '2', '--json', '/mcp']
  const { stdout, stderr, code } = await runCli(load)
  expect([code, stderr]).toEqual([0, expect.stringMatching(/everything:test: /)])
  const { server, series } = (JSON.parse(stdout) as Run).loads[0]!
  expect(server!.cpu).toBeGreaterThan(0.05)
  // Half a core, and what rounding of the scheduler's periods may add.
  expect(server!.cpu).toBeLessThan(0.7)
  expect(server!.rss.max).toBeGreaterThan(5)
  expect(server!.rss.max).toBeLessThan(256)
  expect(series.filter((row) => row.serverRss !== undefined).length).toBeGreaterThan(1)
})

it('a container that ends early: at once, exit 4, with its last lines and without secrets', async () => {
  const script = "console.error('no database', process.env.API_KEY); process.exit(3)"
  const image = imageOf('dies:test', script, 'EXPOSE 3000')
  const { stdout, stderr, code } = await runCli(['check', '--image', image, '--env', 'API_KEY=sekret-value'])
  expect(code).toBe(4)
  expect(stdout).toMatch(/The container of dies:test ended with exit code 3/)
  expect(stderr).toContain('no database [redacted]')
})

it('one that never listens: exit 4 when the time is over', async () => {
  const image = imageOf('silent:test', "console.log('still compiling'); setInterval(() => {}, 1000)", 'EXPOSE 3000')
  const { stdout, stderr, code } = await runCli(['check', '--image', image, '--wait-for', '1s'])
  expect([code, stderr]).toEqual([4, expect.stringContaining('still compiling')])
  expect(stdout).toMatch(/was not ready within 1 s/)
})

it('too little memory is called that', async () => {
  const script = 'const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1))'
  const image = imageOf('eats:test', script, 'EXPOSE 3000')
  const { stdout, code } = await runCli(['check', '--image', image, '--memory', '64m'])
  expect([code, stdout.replace(/\s+/g, ' ')]).toEqual([4, expect.stringMatching(/killed for want of memory/)])
})

it('a build that fails: exit 4, with what it printed; a port nobody named: exit 2', async () => {
  const context = ownFolder()
  writeFileSync(join(context, 'Dockerfile'), 'FROM gauntlet-base:test\nRUN ls /nowhere\n')
  const failed = await runCli(['check', '--dockerfile', context])
  expect([failed.code, failed.stderr]).toEqual([4, expect.stringMatching(/cannot access '\/nowhere'/)])
  const unnamed = await runCli(['check', '--image', 'gauntlet-base:test'])
  expect([unnamed.code, unnamed.stderr]).toEqual([
    2,
    expect.stringMatching(/exposes no port: say with --container-port/),
  ])
})

it('an interruption while it is waited for: 130, and the container is gone', async () => {
  const image = imageOf('silent:test', 'setInterval(() => {}, 1000)', 'EXPOSE 3000')
  const { code } = await runCli(['check', '--image', image], {
    meet: (child) => {
      const timer = setInterval(() => {
        if (docker('ps', '-q') === '') return
        clearInterval(timer)
        child.kill('SIGINT')
      }, 200)
    },
  })
  expect(code).toBe(130)
})

const brief = ['--suite', 'initialize,tools-list,tools-call', '--timeout', '1000']

it.each([
  ['a check', ['check', '--image', 'leaking:test', ...brief]],
  ['a check of what is built', ['check', '--dockerfile', '.', ...brief]],
  ['a load', ['load', '--image', 'leaking:test', '--duration', '1s', '--connections', '1']],
])(
  'no output of %s shows a secret in the environment of a container whose server repeats it everywhere',
  async (_, args) => {
    const [named, inherited] = [fresh('container'), fresh('inherited')]
    const context = ownFolder()
    const server = join(import.meta.dirname, '../secrets/leaking-server.mjs')
    copyFileSync(server, join(context, 'server.mjs'))
    const lines = ['FROM gauntlet-base:test', 'COPY server.mjs /', 'ENV HOST=0.0.0.0', 'EXPOSE 3000']
    // The shell, so that the second variable is a word of the command as well.
    const command = 'CMD ["sh", "-c", "exec node /server.mjs 3000 \\"$DB_PASSWORD\\""]'
    writeFileSync(join(context, 'Dockerfile'), [...lines, command, ''].join('\n'))
    docker('build', '-q', '-t', 'leaking:test', context)
    const env = ['--env', `API_KEY=${named}`, '--env', 'DB_PASSWORD']
    const outcome = await runCli([...args, ...env, ...reports], { cwd: context, env: { DB_PASSWORD: inherited } })
    expect([0, 1]).toContain(outcome.code)
    const places = outputs(outcome, context, ['Dockerfile', 'server.mjs'])
    expect(leaks(places, [named, inherited])).toEqual([])
    expect(places.map(([, text]) => text).join('')).toContain('leaking')
  },
)
