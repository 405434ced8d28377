import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { buildCli, ownFolder, runCli } from './cli.js'

beforeAll(buildCli)

const hook = pathToFileURL(join(import.meta.dirname, 'note-modules.mjs')).href

/** The packages that a call of the program loads. */
async function packagesOf(args: string[], code = 0): Promise<string[]> {
  const noted = join(ownFolder(), 'modules')
  const outcome = await runCli(args, { env: { NODE_OPTIONS: `--import=${hook}`, NOTED_MODULES: noted } })
  expect(outcome.code, outcome.stderr).toBe(code)
  const found = [...readFileSync(noted, 'utf8').matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)/g)]
  return [...new Set(found.map(([, name = '']) => name))].sort()
}

/** What only some runs need. */
const heavy = ['autocannon', 'testcontainers', 'uplot', 'vitest', 'yaml', 'hdr-histogram-js', 'rfc6902']

it('--help loads nothing but what reads the command line', async () => {
  expect(await packagesOf(['--help'])).toEqual(['commander'])
})

it('check loads what speaks to a server, and none of what loads, draws, tests or starts containers', async () => {
  const packages = await packagesOf(['check', 'http://127.0.0.1:1/mcp', '--only', 'ping'], 4)
  expect(packages).toContain('eventsource-parser')
  expect(packages.filter((name) => heavy.includes(name))).toEqual([])
})

it('a package that is needed is in the list: YAML for a config that is YAML', async () => {
  const config = join(ownFolder(), 'config.yaml')
  writeFileSync(config, 'urll: reference:stateless\n')
  expect(await packagesOf(['run', config], 2)).toContain('yaml')
})
