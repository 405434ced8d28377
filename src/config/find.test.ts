import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { UsageError } from '../usage-error.js'
import { findConfig } from './find.js'

/** A folder with files in it. */
function folder(files: Record<string, string>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'gauntlet-config-'))
  onTestFinished(() => rmSync(cwd, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
  return cwd
}

const url = 'http://localhost:3000/mcp'

describe('a config', () => {
  it.each<[string, string]>([
    ['mcp-gauntlet.config.yaml', `url: ${url}\n`],
    ['mcp-gauntlet.config.yml', `url: ${url}\n`],
    ['mcp-gauntlet.config.json', JSON.stringify({ url })],
    ['mcp-gauntlet.config.js', `module.exports = { url: '${url}' }`],
    ['mcp-gauntlet.config.mjs', `export default { url: '${url}' }`],
    ['package.json', JSON.stringify({ name: 'x', 'mcp-gauntlet': { url } })],
  ])('is found as %s', async (file, text) => {
    const found = await findConfig(undefined, folder({ [file]: text }))
    expect(found?.source.file).toBe(file)
    expect(found?.config).toEqual({ url })
  })

  it('is none where there is none', async () => {
    expect(await findConfig(undefined, folder({ 'package.json': '{"name":"x"}' }))).toBeUndefined()
  })

  it('goes before package.json', async () => {
    const files = { 'mcp-gauntlet.config.yaml': 'url: a', 'package.json': '{"mcp-gauntlet":{"url":"b"}}' }
    expect((await findConfig(undefined, folder(files)))?.config.url).toBe('a')
  })

  it('may have another name where it is named', async () => {
    expect((await findConfig('ci/gate.yaml', folder({ 'ci/gate.yaml': 'url: a' })))?.config.url).toBe('a')
  })
})

/** What is said of a YAML config. */
async function said(text: string, name = 'c.yaml'): Promise<string> {
  const error = await findConfig(name, folder({ [name]: text })).catch((one: unknown) => one)
  expect(error).toBeInstanceOf(UsageError)
  return (error as Error).message
}

describe('what is wrong is said with its key, its line and what to do', () => {
  it.each<[what: string, text: string, message: string | RegExp]>([
    [
      'a key with a slip',
      'url: a\ntokenenv: T\n',
      'c.yaml line 2: tokenenv: there is no such key; did you mean "tokenEnv"?',
    ],
    [
      'a key of another place',
      'url: a\nload:\n  strict: true\n',
      /^c\.yaml line 3: load\.strict: there is no such key; choose profile, duration, /,
    ],
    [
      'a key in a list',
      'targets:\n  - url: a\n  - url: b\n    chek: true\n',
      'c.yaml line 4: targets[1].chek: there is no such key; did you mean "check"?',
    ],
    [
      'a key of one load of several',
      'url: a\nload:\n  - duration: 1s\n  - treshold: []\n',
      'c.yaml line 4: load[1].treshold: there is no such key; did you mean "thresholds"?',
    ],
    [
      'text in place of a list',
      'url: a\ncheck:\n  suites: auth\n',
      'c.yaml line 3: check.suites: expected array, received string',
    ],
    ['text in place of a number', 'url: a\ntimeout: 5s\n', 'c.yaml line 2: timeout: expected number, received string'],
    [
      'a word there is not',
      'url: a\nauth: require\n',
      'c.yaml line 2: auth: "require" is unknown; did you mean "required"? choose auto, required, none',
    ],
    ['a number below all', 'url: a\ncheck: { concurrency: 0 }\n', /^c\.yaml line 2: check\.concurrency: .*>=1/],
    ['an empty text', "url: ''\n", 'c.yaml line 1: url: is empty'],
    [
      'arguments that are none',
      'url: a\ntools:\n  get_weather: Oslo\n',
      'c.yaml line 3: tools.get_weather: expected record, received string',
    ],
    [
      'a profile that is none',
      'url: a\nload:\n  profile: { description: x, loop: closed, stages: [{ seconds: 0 }] }\n',
      /^c\.yaml line 3: load\.profile\.stages/,
    ],
    ['a list at the top', '- url: a\n', 'c.yaml line 1: expected object, received array'],
    ['nothing at all', '', /^c\.yaml.*: expected object, received null/],
    ['a key twice', 'url: a\nurl: b\n', 'c.yaml line 2: Map keys must be unique'],
    ['broken YAML', 'url: "a\n', /^c\.yaml line \d: Missing closing "quote/],
  ])('%s', async (_, text, message) => {
    const words = await said(text)
    if (typeof message === 'string') expect(words).toBe(message)
    else expect(words).toMatch(message)
  })

  it('in JSON', async () => {
    expect(await said('{\n  "url": "a",\n  "sucks": 1\n}', 'c.json')).toMatch(
      /^c\.json line 3: sucks: there is no such key; choose /,
    )
    expect(await said('{\n  "url": "a",\n}', 'c.json')).toMatch(/^c\.json line 3: this is no JSON: /)
  })

  it('in package.json', async () => {
    const cwd = folder({ 'package.json': '{\n  "mcp-gauntlet": {\n    "strct": true\n  }\n}' })
    await expect(findConfig(undefined, cwd)).rejects.toThrow(
      'package.json line 3: mcp-gauntlet.strct: there is no such key; did you mean "strict"?',
    )
  })

  it('in code, where there are no lines', async () => {
    expect(await said('export default { url: 1 }', 'c.mjs')).toBe('c.mjs: url: expected string, received number')
    expect(await said('export const config = {}', 'c.mjs')).toBe(
      "c.mjs: the file has no default export; write export default { url: 'http://localhost:3000/mcp' }",
    )
    expect(await said("import './there-is-none.js'\nexport default {}", 'c.mjs')).toMatch(
      /^c\.mjs: cannot be read: Cannot find module/,
    )
  })

  it('of files', async () => {
    await expect(findConfig('none.yaml', folder({}))).rejects.toThrow('none.yaml: there is no such file')
    await expect(findConfig('none.ts', folder({}))).rejects.toThrow(
      'none.ts: there is no such file; mcp-gauntlet init writes one',
    )
    await expect(findConfig('c.toml', folder({ 'c.toml': '' }))).rejects.toThrow(
      'c.toml: a config is a .ts, .js, .mjs, .json, .yaml or .yml file',
    )
    const both = { 'mcp-gauntlet.config.yaml': 'url: a', 'mcp-gauntlet.config.json': '{}' }
    await expect(findConfig(undefined, folder(both))).rejects.toThrow(
      'mcp-gauntlet.config.json and mcp-gauntlet.config.yaml are both there; keep one, or name it: mcp-gauntlet run mcp-gauntlet.config.json',
    )
  })
})
