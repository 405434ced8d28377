import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../../test/support/conformance.js'
import { comparisonOf, eventful, measured, phaseOf, trialOf } from '../../test/support/loads.js'
import { type RunShape, resultOf, runOf } from '../../test/support/runs.js'
import { renderJunit } from './junit.js'

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => name === 'testsuite' || name === 'testcase',
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
})

/** The report read back: what CI systems see. */
function read(shape: RunShape) {
  const xml = renderJunit(runOf(shape))
  expect(XMLValidator.validate(xml)).toBe(true)
  const root = parser.parse(xml).testsuites
  const suites: any[] = root.testsuite ?? []
  return { xml, root, suites, cases: suites.flatMap((suite) => suite.testcase) as any[] }
}

const tally = ({ '@tests': tests, '@failures': failures, '@errors': errors, '@skipped': skipped }: any) =>
  [tests, failures, errors, skipped].map(Number)

const failing = (message: string, more = {}) => resultOf('a/x', { status: 'fail', message, ...more })

it('a baseline is a suite of its own, in which a stale entry fails', () => {
  const known = { reason: 'issue 7', was: 'fail' as const }
  const entries = (['known', 'stale'] as const).map((state) => ({ check: `a/${state}`, reason: 'issue 7', state }))
  const { root, suites, cases } = read({
    results: [resultOf('a/known', { status: 'known', message: 'broken' }, { known }), resultOf('a/stale', 'pass')],
    baseline: { file: 'known.yaml', entries },
  })
  expect(suites.map((suite) => suite['@name'])).toEqual(['a', 'baseline'])
  expect(cases[0].skipped['@message']).toBe('known: issue 7: broken')
  expect(cases.map((one) => one['@name']).slice(2)).toEqual([
    'a/known is still known to fail',
    'a/stale is still known to fail',
  ])
  expect(cases[3].failure['@message']).toBe('passes now; take it out of known.yaml (issue 7)')
  expect(tally(root)).toEqual([4, 1, 0, 1])
})

it('loads beside a stored run are suites, in which what got worse fails', () => {
  const figures = (['worse', 'not-shown'] as const).map((change, at) => ({
    ...{ phase: 'ping', figure: (['p50', 'rate'] as const)[at]!, before: 2, after: 4, change },
  }))
  const { root, suites } = read({
    results: [resultOf('a/x', 'pass')],
    previous: {
      file: 'main.json',
      startedAt: '2026-01-01T00:00:00.000Z',
      loads: [{ name: 'here', loads: [1, 1], figures }],
    },
  })
  expect(suites.at(-1)!['@name']).toBe('since main.json: here')
  expect(suites.at(-1)!.testcase[0].failure['@message']).toBe('from 2.00 ms to 4.00 ms')
  expect(tally(root)).toEqual([3, 1, 0, 0])
})

describe('what each outcome becomes', () => {
  it.each([
    ['pass', undefined],
    ['fail', 'failure'],
    ['error', 'error'],
    ['warn', 'system-out'],
    ['not-applicable', 'skipped'],
    ['not-testable', 'skipped'],
    ['known', 'skipped'],
  ] as const)('%s: %s', (status, element) => {
    const [own] = read({ results: [resultOf('a/x', { status, message: 'because' })] }).cases
    expect(Object.keys(own).filter((key) => !key.startsWith('@') && key !== '#text')).toEqual(element ? [element] : [])
    expect(own['@classname']).toBe('a')
    expect(own['@name']).toBe('a/x: the title of a/x')
  })

  it('a warning that fails the gate is a failure', () => {
    const { cases, root } = read({ results: [resultOf('a/x', 'warn')], gate: { strict: true } })
    expect(cases[0]).toHaveProperty('failure')
    expect(tally(root)).toEqual([1, 1, 0, 0])
  })

  it('what could not be tested is an error where completeness is asked for', () => {
    const { cases, root } = read({ results: [resultOf('a/x', 'not-testable')], gate: { requireComplete: true } })
    expect(cases[0]).toHaveProperty('error')
    expect(tally(root)).toEqual([1, 0, 1, 0])
  })

  it('a failure says rule, finding, values, hint, the command to see it, and the source', () => {
    const result = resultOf(
      'a/x',
      { status: 'fail', message: 'it is wrong', expected: 1, actual: { a: 2 } },
      {
        hint: 'mend it',
        exchanges: [{ request: { method: 'GET', url: 'http://h/', headers: [['accept', 'a']] }, ms: 1 }],
      },
    )
    const text: string = read({ results: [result] }).cases[0].failure['#text']
    expect(text.split('\n')).toEqual([
      'rule: ping is answered promptly with an empty result',
      'found: it is wrong',
      'expected: 1',
      'actual: {"a":2}',
      'hint: mend it',
      `curl -i -N 'http://h/' -H 'accept: a'`,
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping',
    ])
  })
})

describe('hostile text stays text', () => {
  it.each([
    ['markup', `</failure><x a="1">&amp; <!-- --> <![CDATA[`, `</failure><x a="1">&amp; <!-- --> <![CDATA[`],
    ['the end of a CDATA section', 'a]]>b', 'a]]>b'],
    ['quotes', `"double" 'single'`, `"double" 'single'`],
    ['an entity', '&lol; &#0;', '&lol; &#0;'],
    ['ANSI colours', '\u001b[31mred', '\\x1b[31mred'],
    ['control characters', 'a\u0000b\u0008c', 'a\\x00b\\x08c'],
    ['half a character', 'a\ud83db', 'a\ufffdb'],
    ['characters XML cannot carry', 'a\ufffeb', 'a\ufffdb'],
    ['characters of four bytes', '🐸', '🐸'],
  ])('%s', (_, message, shown) => {
    const { cases } = read({ results: [failing(message, { actual: message })] })
    expect(cases[0].failure['@message']).toBe(shown)
    expect(cases[0].failure['#text']).toContain(`found: ${shown}\n`)
    expect(cases[0].failure['#text']).toContain(`actual: ${shown}\n`)
  })

  it('also in titles, ids, URLs, reasons and obstacles', () => {
    const nasty = `"<&>'\u0001]]>`
    const shape = { title: nasty, hint: nasty }
    read({
      results: [
        resultOf(`${nasty}/${nasty}`, { status: 'fail' }, shape),
        resultOf('a/x', { status: 'known', message: nasty }),
      ],
    })
    read({ target: { obstacle: { kind: 'not-mcp', message: nasty } } })
    read({
      parts: [
        { target: { url: nasty }, results: [resultOf('a/x', 'pass')] },
        { target: { name: nasty }, results: [] },
      ],
    })
  })
})

describe('names and counts', () => {
  const names = (cases: any[]) => cases.map((one) => `${one['@classname']} ${one['@name']}`)

  it('names are unique: over revisions, targets and obstacles', () => {
    const twice = [resultOf('a/x', 'pass', { revision: '2025-06-18' }), resultOf('a/x', 'pass')]
    const target = (name: string) => ({ name, obstacle: { kind: 'unreachable' as const, message: 'gone' } })
    const { cases } = read({
      parts: [
        { target: { name: 'one' }, results: twice },
        { target: { name: 'two' }, results: twice },
        { target: target('three'), results: [] },
        { target: target('four'), results: [] },
      ],
    })
    expect(cases).toHaveLength(6)
    expect(new Set(names(cases)).size).toBe(6)
    expect(cases[0]['@name']).toBe('a/x (2025-06-18): the title of a/x')
  })

  it('the two eras of one URL have names of their own', () => {
    const modern = { discover: true, supportedVersions: [], headerTools: [] }
    const { cases } = read({
      parts: [
        { target: { facts: factsOf({ modern, otherEra: ['2025-11-25'] }) }, results: [resultOf('a/x', 'pass')] },
        { target: { facts: factsOf({ otherEra: ['2026-07-28'] }) }, results: [resultOf('a/x', 'pass')] },
      ],
    })
    expect(cases.map((one) => one['@classname'])).toEqual([
      'http://127.0.0.1:3000/mcp (without handshake) a',
      'http://127.0.0.1:3000/mcp (with handshake) a',
    ])
  })

  it('counts add up: suites to the whole, cases to their suite', () => {
    const statuses = ['pass', 'fail', 'error', 'warn', 'not-applicable', 'known'] as const
    const results = statuses.flatMap((status) => [resultOf(`a/${status}`, status), resultOf(`b/${status}`, status)])
    const obstacle = { kind: 'tls' as const, message: 'no' }
    const { root, suites } = read({
      parts: [
        { results: results.filter((one) => one.id.startsWith('a')) },
        { results: results.filter((one) => one.id.startsWith('b')) },
        { target: { obstacle }, results: [] },
      ],
    })
    const sum = suites.map(tally).reduce((a, b) => a.map((count, index) => count + b[index]!))
    expect(tally(root)).toEqual(sum)
    expect(sum).toEqual([13, 2, 3, 4])
    for (const suite of suites) {
      const found = ['failure', 'error', 'skipped'].map(
        (element) => suite.testcase.filter((one: any) => element in one).length,
      )
      expect(tally(suite)).toEqual([suite.testcase.length, ...found])
    }
  })

  it('an obstacle is told also where some checks could run', () => {
    const obstacle = { kind: 'credentials' as const, message: 'It wants credentials.' }
    const { cases, root } = read({ target: { obstacle }, results: [resultOf('auth/x', 'pass')] })
    expect(cases.map((one) => one.error?.['@message'])).toContain('It wants credentials.')
    expect(tally(root)).toEqual([2, 0, 1, 0])
  })

  it('times are seconds, the start is a date without fractions', () => {
    const { root, suites, cases } = read({ results: [resultOf('a/x', 'pass'), resultOf('a/y', 'pass')] })
    expect([root['@time'], suites[0]['@time'], suites[0]['@timestamp']]).toEqual([
      '1.234',
      '0.025',
      '2026-01-02T03:04:05',
    ])
    expect(cases[0]['@time']).toMatch(/^0\.01[23]$/)
  })

  it('a run without results is a report without suites', () => expect(read({}).root['@tests']).toBe('0'))
})

describe('loads', () => {
  const names = (suite: any) => suite.testcase.map((one: any) => [one['@classname'], one['@name']])

  it('a suite per load, a case per threshold, and one for the answers themselves', () => {
    const { suites, root, cases } = read({ loads: [measured(), eventful()] })
    expect(names(suites[1])).toEqual([
      ['load soak reference:stateful', 'the server answers to the end'],
      ['load soak reference:stateful', 'rate(errors)<1%'],
      ['load soak reference:stateful', 'tools/call:p(95)<3ms'],
    ])
    expect(suites.map(tally)).toEqual([
      [2, 0, 0, 0],
      [3, 1, 0, 0],
    ])
    expect(tally(root)).toEqual([5, 1, 0, 0])
    expect(cases.at(-1).failure['@message']).toBe('tools/call:p(95)<3ms: 3.76 ms')
    expect(suites[0]['@time']).toBe('10.000')
  })

  it('names are unique, also of equal loads and thresholds', () => {
    const twice = [1, 2].map(() => ({ text: 'p(95)<3ms', held: true, actual: 1 }))
    const { suites } = read({ loads: [measured({ thresholds: twice }), measured({ thresholds: twice })] })
    const all = suites.flatMap(names).map(String)
    expect(new Set(all).size).toBe(all.length)
  })

  it('no good answer, a server that went away, and a threshold without a measurement do not look green', () => {
    const loads = [
      measured({ phases: { ping: phaseOf(0, { failed: 3, errors: { timeout: 3 } }) } }),
      measured({ obstacle: 'The server was gone.' }),
      measured({ thresholds: [{ text: 'initialize:p(95)<1ms', held: false, actual: null }] }),
    ]
    const { suites } = read({ loads })
    expect(suites.map(tally)).toEqual([
      [2, 0, 1, 0],
      [2, 1, 0, 0],
      [2, 0, 1, 0],
    ])
  })

  it('a comparison is one case', () => {
    const silent = trialOf({ sides: trialOf().sides.map((side) => ({ ...side, good: 0 })) })
    const { suites } = read({ comparisons: [comparisonOf(), comparisonOf({ trials: [silent] })] })
    expect(suites.map(tally)).toEqual([
      [1, 0, 0, 0],
      [1, 0, 1, 0],
    ])
  })
})
