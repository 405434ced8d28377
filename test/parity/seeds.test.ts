import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { applyPatch } from 'rfc6902'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepare } from '../../src/conformance/assess.js'
import { lookAt, openRemote } from '../../src/parity/http-side.js'
import { valueAt } from '../../src/parity/json-patch.js'
import { type Compared, comparePictures } from '../../src/parity/pictures.js'
import type { StdioCommand } from '../../src/parity/stdio-process.js'
import { openStdio, type StdioSide } from '../../src/parity/stdio-side.js'
import { seeds } from './seeds.js'

const script = fileURLToPath(new URL('seeded-server.mjs', import.meta.url))
const model = () => JSON.parse(readFileSync(new URL('model.json', import.meta.url), 'utf8'))
const tools = ['get_temperature', 'get_forecast'].map((name) => ({ name, arguments: { city: 'Oslo' } }))

let child: ChildProcess
let root: string
let original: StdioSide

beforeAll(async () => {
  child = spawn(process.execPath, [script, 'http', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout!, 'data')
  root = `http://127.0.0.1:${String(port).trim()}`
  original = await openStdio(command(), 'seeded')
})

afterAll(async () => {
  await original?.close()
  child?.kill()
})

function command(env: Record<string, string> = {}): StdioCommand {
  return { command: process.execPath, args: [script, 'stdio'], cwd: process.cwd(), env: { ...process.env, ...env } }
}

/** Compares the original with a conversion of another model. */
async function against(
  change: (model: any) => void,
  ignore: string[] = [],
  from: StdioSide = original,
): Promise<Compared> {
  const changed = model()
  change(changed)
  const headers = { 'content-type': 'application/json' }
  await fetch(`${root}/model`, { method: 'PUT', headers, body: JSON.stringify(changed) })
  const { peer } = prepare(`${root}/mcp`, {})
  try {
    const converted = await openRemote(peer, await lookAt(peer), original)
    return await comparePictures(from, converted, tools, ignore)
  } finally {
    await peer.wire.close()
  }
}

it('finds no difference between a server and itself', async () => {
  const { differences, compared } = await against(() => {})
  expect(differences).toEqual([])
  expect(compared).toBeGreaterThan(80)
})

describe('finds and names what a conversion changed', () => {
  it.each(seeds)('$kind $path', async ({ change, path, name, kind }) => {
    const { differences, patch, document } = await against(change)
    expect(differences).toContainEqual(expect.objectContaining({ path, name, kind, state: 'differs' }))
    expect(applyPatch(document, JSON.parse(JSON.stringify(patch))).filter(Boolean)).toEqual([])
    for (const one of differences) expect(valueAt(document, one.path)).toEqual(one.converted)
  })

  it('by the most', () => expect(seeds.length).toBeGreaterThan(30))
})

describe('what does not count', () => {
  it('is what varies by itself: shown as such, unless it became something else', async () => {
    const clock = await openStdio(command({ CLOCK: '1' }), 'clock')
    try {
      const { differences, patch } = await against((changed) => Object.assign(changed, { clock: true }), [], clock)
      const at = ['get_forecast', 'get_temperature'].map((name) => `/calls/${name}/result/structuredContent/at`)
      expect(differences.map(({ path }) => path).sort()).toEqual(at)
      expect(differences.map(({ state }) => state)).toEqual(['volatile', 'volatile'])
      expect(patch).toEqual([])
      const other = await against((changed) => Object.assign(changed, { clock: 'noon' }), [], clock)
      expect(other.differences.map(({ state }) => state)).toEqual(['differs', 'differs'])
    } finally {
      await clock.close()
    }
  })

  it('is what the user ignores, by a glob', async () => {
    const change = (changed: any) => {
      for (const tool of changed.tools) tool.description = 'another'
      changed.serverInfo.name = 'another'
    }
    const { differences, patch } = await against(change, ['/tools/*/description', '/server**'])
    expect(differences.map(({ state }) => state)).toEqual(['ignored', 'ignored', 'ignored', 'ignored'])
    expect(patch).toEqual([])
  })
})
