import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { BaselineEntry } from '../report/run.js'
import { baselineText, readBaseline } from './baseline-file.js'

const folder = mkdtempSync(join(tmpdir(), 'gauntlet-baseline-'))
const ids = ['a/one', 'a/two', 'session/terminated-is-404']

async function read(text: string, name = 'known.yaml') {
  writeFileSync(join(folder, name), text)
  return readBaseline(join(folder, name), name, ids)
}

describe('what is read', () => {
  it.each([
    ['known.yaml', 'known:\n  - check: a/one\n    reason: r\n    expires: 2027-01-31\n    revision: 2025-11-25\n'],
    ['known.json', '{"known":[{"check":"a/one","reason":"r","expires":"2027-01-31","revision":"2025-11-25"}]}'],
  ])('%s', async (name, text) =>
    expect(await read(text, name)).toEqual([
      { check: 'a/one', reason: 'r', expires: '2027-01-31', revision: '2025-11-25' },
    ]),
  )

  it('a list of nothing', async () => expect(await read('known:\n')).toEqual([]))
})

describe('what is refused', () => {
  it.each([
    [
      'an id there is not',
      'known:\n  - check: session/terminated-is-40\n    reason: r\n',
      'known.yaml line 2: known[0].check: there is no check "session/terminated-is-40"; did you mean "session/terminated-is-404"?',
    ],
    ['no reason', 'known:\n  - check: a/one\n', 'known.yaml line 2: known[0].reason: is missing'],
    [
      'an empty reason',
      "known:\n  - check: a/one\n    reason: ''\n",
      'known.yaml line 3: known[0].reason: say why this failure is known',
    ],
    [
      'a date that is none',
      'known:\n  - check: a/one\n    reason: r\n    expires: 31.1.2027\n',
      'known.yaml line 4: known[0].expires: write the last day it holds as YYYY-MM-DD',
    ],
    [
      'a key there is not',
      'known:\n  - check: a/one\n    reason: r\n    expiry: 2027-01-31\n',
      'known.yaml line 4: known[0].expiry: there is no such key; did you mean "expires"?',
    ],
    [
      'an entry twice',
      'known:\n  - check: a/one\n    reason: r\n  - check: a/one\n    reason: s\n',
      'known.yaml line 4: known[1].check: "a/one" is listed twice; keep one of the two',
    ],
    ['a list without a name', '- check: a/one\n', 'known.yaml line 1: expected object, received array'],
    ['an empty file', '', 'known.yaml: expected object, received null'],
    ['broken YAML', 'known:\n  - check: "a\n', /^known\.yaml line \d: Missing closing "quote/],
  ])('%s', async (_, text, message) => {
    const error = await read(text).catch((one: Error) => one)
    expect(error).toBeInstanceOf(Error)
    const said = (error as Error).message
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
  })

  it('JSON that is none', () =>
    expect(read('{"known": [],}', 'known.json')).rejects.toThrow(/^known\.json line 1: this is no JSON/))
  it('another kind of file', () =>
    expect(read('', 'known.txt')).rejects.toThrow('known.txt: a baseline is a .yaml, .yml or .json file'))
})

describe('what is written', () => {
  const entries: BaselineEntry[] = [
    { check: 'a/one', reason: 'the reason', expires: '2027-01-31' },
    { check: 'a/two', target: 'reference:sse', revision: '2025-11-25', reason: 'r' },
  ]
  it.each(['known.yaml', 'known.json'])('%s reads as it was', async (name) => {
    expect(await read(await baselineText(name, entries), name)).toEqual(entries)
    expect(await read(await baselineText(name, []), name)).toEqual([])
  })

  it('keeps comments and what was there, and is the same the second time', async () => {
    const before =
      '# ours\nknown:\n  # until the SDK is mended\n  - check: a/one\n    reason: the reason # see there\n    expires: 2027-01-31\n  - check: session/terminated-is-404\n    reason: r\n'
    const text = await baselineText('known.yaml', entries, before)
    expect(text).toMatchInlineSnapshot(`
      "# ours
      known:
        # until the SDK is mended
        - check: a/one
          reason: the reason # see there
          expires: 2027-01-31
        - check: a/two
          target: reference:sse
          revision: 2025-11-25
          reason: r
      "
    `)
    expect(await baselineText('known.yaml', entries, text)).toBe(text)
  })
})
