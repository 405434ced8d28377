import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { UsageError } from '../usage-error.js'
import {
  parseHeader,
  parseRevision,
  parseSeed,
  parseTool,
  type TargetFlags,
  targetOptions,
  wholeNumber,
} from './options.js'
import { planReports, type ReportFlags } from './reports.js'
import type { Terminal } from './terminal.js'

const cwd = mkdtempSync(join(tmpdir(), 'gauntlet-options-'))
afterAll(() => rmSync(cwd, { recursive: true }))
writeFileSync(join(cwd, 'broken'), 'A: b\nsekret\n')
writeFileSync(join(cwd, 'headers'), '# for the test server\r\nX-API-Key: key-1\r\n\r\nX-Tenant: a: b\n')

const env = { TOKEN: 'tok-1', PADDED: ' tok-2\n', EMPTY: '', BROKEN: 'tok\nX-Evil: 1', UMLAUT: 'töken→' }
const terminal: Terminal = {
  out: () => {},
  err: () => {},
  columns: 80,
  color: false,
  live: false,
  env,
  cwd,
  signal: new AbortController().signal,
}

function usage(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as UsageError).message
  }
  throw new Error('nothing was thrown')
}

describe('targetOptions', () => {
  const rows: [what: string, flags: TargetFlags, options: object][] = [
    ['nothing', {}, { auth: 'auto', tools: [], headers: [], badTokens: {} }],
    ['a token', { tokenEnv: 'TOKEN', secondTokenEnv: 'PADDED' }, { token: 'tok-1', secondToken: 'tok-2' }],
    [
      'bad tokens',
      { badTokenEnv: ['expired=TOKEN', 'wrong-audience=PADDED'] },
      { badTokens: { expired: 'tok-1', 'wrong-audience': 'tok-2' } },
    ],
    [
      'headers of the command line and of a file',
      { header: ['A: 1'], headerFile: 'headers' },
      {
        headers: [
          ['A', '1'],
          ['X-API-Key', 'key-1'],
          ['X-Tenant', 'a: b'],
        ],
      },
    ],
    ['bounds', { timeout: '100', maxRequests: '5', auth: 'none' }, { timeoutMs: 100, maxRequests: 5, auth: 'none' }],
  ]
  it.each(rows)('%s', (_, flags, options) => expect(targetOptions(flags, terminal)).toMatchObject(options))

  const bad: [what: string, flags: TargetFlags, words: RegExp][] = [
    ['an unknown expectation', { auth: 'maybe' }, /^--auth maybe: choose auto, required or none$/],
    ['a variable that is not set', { tokenEnv: 'NOPE' }, /^--token-env NOPE: .* NOPE is not set$/],
    ['an empty variable', { secondTokenEnv: 'EMPTY' }, /EMPTY is empty$/],
    ['a token that no header can carry', { tokenEnv: 'BROKEN' }, /BROKEN .*header/],
    ['a token outside of Latin-1', { tokenEnv: 'UMLAUT' }, /UMLAUT .*header/],
    ['a kind nobody knows', { badTokenEnv: ['old=TOKEN'] }, /write kind=NAME with kind expired, wrong-audience/],
    ['a kind without a name', { badTokenEnv: ['expired'] }, /write kind=NAME/],
    ['a file that is not there', { headerFile: 'nope' }, /^--header-file nope: cannot be read \(ENOENT\)$/],
    [
      'a file with a line that is no header',
      { headerFile: 'broken' },
      /^--header-file broken line 2: write it as 'Name: value'$/,
    ],
    ['no milliseconds', { timeout: '5s' }, /^--timeout 5s: give a whole number/],
    ['more than a timer can hold', { timeout: '99999999999' }, /--timeout/],
    ['no requests at all', { maxRequests: '0' }, /at least 1/],
  ]
  it.each(bad)('%s: one clear line, without the secret', (_, flags, words) => {
    const message = usage(() => targetOptions(flags, terminal))
    expect(message).toMatch(words)
    expect(message).not.toMatch(/\n|tok-|tok\nX|tök|sekret/)
  })
})

describe('parseTool', () => {
  it.each<[string, object]>([
    ['ping', { name: 'ping', arguments: {} }],
    ['get={"a":[1,"="]}', { name: 'get', arguments: { a: [1, '='] } }],
    ['with space={}', { name: 'with space', arguments: {} }],
  ])('%s', (text, tool) => expect(parseTool(text)).toEqual(tool))

  it.each(['get=', 'get=5', 'get=[1]', 'get=null', 'get={a:1}', "get='{}'", '={}', ''])('%j is none', (text) => {
    expect(usage(() => parseTool(text))).toMatch(/--tool/)
  })
})

describe('parseHeader', () => {
  it.each<[string, [string, string]]>([
    ['A: b', ['A', 'b']],
    ['A:b', ['A', 'b']],
    ['X-Url:  http://a:1/ ', ['X-Url', 'http://a:1/']],
    ['A:', ['A', '']],
  ])('%j', (text, header) => expect(parseHeader(text)).toEqual(header))

  it.each(['A', ': b', 'A B: c', 'A: b\r\nC: d', 'A: b\0', 'Ä: b', 'A: →'])('%j is none', (text) => {
    const message = usage(() => parseHeader(text))
    expect(message).toMatch(/write it as 'Name: value'/)
    expect(message).not.toMatch(/\n/)
  })

  it('does not repeat the value: it may be a secret', () => {
    expect(usage(() => parseHeader('X Key: sekret'))).not.toContain('sekret')
  })
})

it.each(['1', '250', '1e3'])('wholeNumber %s', (text) => expect(wholeNumber(text, '--n', 1)).toBe(Number(text)))
it.each(['', ' ', 'x', '1.5', '-1', '0', 'NaN', 'Infinity'])('%j is no whole number', (text) => {
  expect(usage(() => wholeNumber(text, '--n', 1))).toMatch(/^--n .*: give a whole number of at least 1/)
})

it.each(['auto', 'all', '2025-11-25'])('parseRevision %s', (text) => expect(parseRevision(text)).toBe(text))
it.each(['', 'newest', '2025-13-01'])('%j is no revision', (text) => {
  expect(usage(() => parseRevision(text))).toMatch(/choose auto, all or a published revision/)
})

describe('planReports', () => {
  const rows: [what: string, flags: ReportFlags, plans: object[]][] = [
    ['nothing said: the terminal', {}, [{ format: 'terminal' }]],
    ['--json alone on stdout', { json: true }, [{ format: 'json' }]],
    ['--quiet: nothing', { quiet: true }, []],
    [
      'a file beside the terminal',
      { report: ['junit=a=b.xml'] },
      [{ format: 'junit', file: 'a=b.xml' }, { format: 'terminal' }],
    ],
    ['a format on stdout takes the place of the terminal', { report: ['junit'] }, [{ format: 'junit' }]],
    [
      'annotations stand beside the terminal report',
      { report: ['github'] },
      [{ format: 'github' }, { format: 'terminal' }],
    ],
    ['--quiet with a report that was asked for', { report: ['junit'], quiet: true }, [{ format: 'junit' }]],
    ['--out', { out: 'dir', quiet: true }, [{ format: 'json', file: join('dir', 'run.json') }]],
  ]
  it.each(rows)('%s', (_, flags, plans) => expect(planReports(flags)).toEqual(plans))

  it.each<[string, ReportFlags, RegExp]>([
    ['an unknown format', { report: ['pdf'] }, /^--report pdf: choose terminal, json, junit/],
    ['what objects inherit is no format', { report: ['constructor'] }, /choose/],
    ['annotations beside JSON', { report: ['github'], json: true }, /only one report can go to stdout/],
    ['two on stdout', { report: ['junit'], json: true }, /only one report can go to stdout/],
  ])('%s', (_, flags, words) => expect(usage(() => planReports(flags))).toMatch(words))
})

describe('a seed', () => {
  it('is taken as it is, or made', () => {
    expect(parseSeed('Run-7.b_2')).toBe('Run-7.b_2')
    expect(parseSeed(undefined)).not.toBe(parseSeed(undefined))
  })

  it.each(['', 'two words', 'x'.repeat(65), 'ü'])('%j is refused', (text) =>
    expect(() => parseSeed(text)).toThrow(/--seed .*: give 1 to 64 letters/),
  )
})
