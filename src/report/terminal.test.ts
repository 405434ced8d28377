import { describe, expect, it } from 'vitest'
import { factsOf } from '../../test/support/conformance.js'
import { type RunShape, resultOf, runOf } from '../../test/support/runs.js'
import { factsLine, renderTerminal, tally } from './terminal.js'

const screen = { columns: 80, color: false }
const render = (shape: RunShape, columns = 80) => renderTerminal(runOf(shape), { ...screen, columns })
const exchange = {
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:3000/mcp',
    headers: [
      ['content-type', 'application/json'],
      ['accept', 'a'],
    ] as [string, string][],
    body: '{"id":1}',
  },
  response: { status: 307, headers: [], body: '' },
  ms: 1,
}

describe('the report at 80 columns, without colour', () => {
  it('verdict first, then findings by cause, then what could not be tested', () => {
    const cause = 'HTTP 307: requests are redirected to https://b.example/'
    const results = [
      resultOf('initialize/is-answered', 'pass'),
      resultOf(
        'initialize/echo',
        {
          status: 'fail',
          message: 'the version is not echoed',
          expected: '2025-11-25',
          actual: { protocolVersion: null },
        },
        { hint: 'Return the version the client offered where you support it.', exchanges: [exchange] },
      ),
      resultOf('session/one', { status: 'fail', message: 'refused', cause }, { exchanges: [exchange] }),
      resultOf('session/two', { status: 'fail', message: 'refused', cause }),
      resultOf(
        'tools-list/plain',
        { status: 'warn', message: 'a name with a space' },
        { keyword: 'SHOULD', level: 'SHOULD' },
      ),
      resultOf('tools-call/a', {
        status: 'not-testable',
        message: `name a tool that is safe to call: --tool 'name={"argument":"value"}'`,
      }),
      resultOf('auth/a', { status: 'not-applicable', message: 'no' }),
      resultOf('auth/b', { status: 'error', message: 'the check itself broke: TypeError: x is not a function' }),
    ]
    expect(render({ results })).toMatchInlineSnapshot(`
      "FAIL  3 failed, 1 warned, 1 error, 1 passed, 1 not testable, 1 not applicable  1.2 s
        3 checks found a broken MUST.

      http://127.0.0.1:3000/mcp
        weather 1.2 · Streamable HTTP · 2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25
        · stateful (issues session ids) · JSON answers · no GET stream · no auth
        8 checks, 7 requests

      Failed
        initialize/echo  MUST 2025-11-25
          rule     ping is answered promptly with an empty result
          found    the version is not echoed
          expected 2025-11-25
          actual   {"protocolVersion":null}
          hint     Return the version the client offered where you support it.
          curl -i -X POST 'http://127.0.0.1:3000/mcp' -H 'content-type: application/json' -H 'accept: a' --data-raw '{"id":1}'
          https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping

        HTTP 307: requests are redirected to https://b.example/ — behind 2 findings:
          session/one, session/two
        session/one  MUST 2025-11-25
          rule     ping is answered promptly with an empty result
          found    refused
          curl -i -X POST 'http://127.0.0.1:3000/mcp' -H 'content-type: application/json' -H 'accept: a' --data-raw '{"id":1}'
          https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping

      Warned
        tools-list/plain  SHOULD 2025-11-25
          rule     ping is answered promptly with an empty result
          found    a name with a space
          https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping

      Errors
        auth/b  MUST 2025-11-25
          rule     ping is answered promptly with an empty result
          found    the check itself broke: TypeError: x is not a function
          https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping

      Not testable
        tools-call/a: name a tool that is safe to call: --tool
          'name={"argument":"value"}'
      "
    `)
  })

  it('a clean run is short', () => {
    expect(render({ results: [resultOf('a/x', 'pass')] })).toMatchInlineSnapshot(`
      "PASS  1 passed  1.2 s
        No rule that was judged is broken.

      http://127.0.0.1:3000/mcp
        weather 1.2 · Streamable HTTP · 2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25
        · stateful (issues session ids) · JSON answers · no GET stream · no auth
        1 check, 7 requests
      "
    `)
  })

  it('a server that cannot be judged', () => {
    const obstacle = {
      kind: 'unreachable' as const,
      message:
        'Nothing listens at http://127.0.0.1:3000: the connection was refused. Start the server or check the port.',
    }
    expect(render({ target: { name: 'mine', obstacle } })).toMatchInlineSnapshot(`
      "NOT JUDGED  1.2 s
        Nothing listens at http://127.0.0.1:3000: the connection was refused. Start
        the server or check the port.

      mine  http://127.0.0.1:3000/mcp
        7 requests
      "
    `)
  })

  it('many checks with one reason are counted, not listed', () => {
    const results = ['a', 'b', 'c', 'd'].map((name) =>
      resultOf(`x/${name}`, { status: 'not-testable', message: 'pass a token' }),
    )
    expect(render({ results })).toContain('\n  4 checks: pass a token\n')
  })
})

describe('the screen', () => {
  const long = 'word '.repeat(60).trim()
  const results = [
    resultOf('a/x', { status: 'fail', message: long, actual: long }),
    resultOf('b/y', { status: 'not-testable', message: long }),
  ]

  it.each([
    [20, 40],
    [80, 80],
    [300, 100],
  ])('%i columns: text is broken at %i', (columns, width) => {
    const widths = render({ results }, columns)
      .split('\n')
      .filter((line) => !line.includes('https://') && !/checks, /.test(line))
      .map((line) => line.length)
    expect(Math.max(...widths.slice(2))).toBeLessThanOrEqual(width)
  })

  it('colour only where it is wanted', () => {
    expect(render({ results })).not.toContain('\u001b')
    expect(renderTerminal(runOf({ results }), { columns: 80, color: true })).toContain('\u001b[31m')
  })
})

it('what a server says cannot play with the terminal', () => {
  const nasty = '\u001b[2J\u0007\r\u202egone'
  const facts = factsOf({ serverInfo: { name: nasty, version: nasty } })
  const own = resultOf(
    'a/x',
    { status: 'fail', message: nasty, expected: nasty, actual: { nasty }, cause: nasty },
    { exchanges: [{ ...exchange, request: { ...exchange.request, body: nasty } }] },
  )
  const results = [own, { ...own, id: 'a/y' }, resultOf('a/z', { status: 'not-testable', message: nasty })]
  const shapes: RunShape[] = [
    { results, target: { facts, url: `http://h/${nasty}`, name: nasty } },
    { target: { obstacle: { kind: 'handshake', message: nasty } } },
  ]
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  for (const shape of shapes) expect(render(shape)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
})

it.each([
  [{ transport: 'http+sse' as const, revisions: ['2024-11-05' as const] }, 'HTTP+SSE · 2024-11-05 · no auth'],
  [
    { serverInfo: { name: 'w', version: '1' }, revisions: ['2025-06-18' as const] },
    'w 1 · Streamable HTTP · 2025-06-18 · stateful (issues session ids) · JSON answers · no GET stream · no auth',
  ],
  [
    { sessions: false, answers: 'sse' as const, getStream: true, revisions: [], auth: { required: true, open: false } },
    'Streamable HTTP · stateless (no session id) · SSE answers · GET stream · credentials needed',
  ],
  [
    { sessions: false, revisions: [], auth: { required: true, open: false, metadata: { url: '', document: {} } } },
    'Streamable HTTP · stateless (no session id) · JSON answers · no GET stream · OAuth',
  ],
  [
    { serverInfo: { name: 5, version: {} }, transport: 'http+sse' as const, revisions: [] },
    '5 {} · HTTP+SSE · no auth',
  ],
])('factsLine of %j', (facts, line) => expect(factsLine(factsOf(facts))).toBe(line))

it('tally leaves out what is zero', () => {
  const none = runOf({}).verdict.counts
  expect(tally(none)).toBe('no checks')
  expect(tally({ ...none, fail: 1, known: 2, 'not-testable': 3 })).toBe('1 failed, 2 known, 3 not testable')
})

it('shows the seed where something was made up from it, and nowhere else', () => {
  const run = { ...runOf({ results: [resultOf('ping/a', 'pass')] }), seed: '5eed' }
  expect(renderTerminal(run, screen)).toContain('\nseed 5eed: --seed makes up the same again\n')
  expect(renderTerminal({ ...runOf({}), seed: '5eed' }, screen)).not.toContain('seed')
})
