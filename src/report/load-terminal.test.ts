import { describe, expect, it } from 'vitest'
import {
  capacityOf,
  comparisonOf,
  eventful,
  latencyOf,
  measured,
  phaseOf,
  stageOf,
  trialOf,
} from '../../test/support/loads.js'
import { type RunShape, resultOf, runOf } from '../../test/support/runs.js'
import { visible } from './clean.js'
import type { Load } from './load.js'
import { renderTerminal } from './terminal.js'

const render = (shape: RunShape, columns = 80, color = false) => renderTerminal(runOf(shape), { columns, color })
const rendered = (changes: Partial<Load>) => render({ loads: [measured(changes)] })

describe('a load at 80 columns, without colour', () => {
  it('that held is short', () => {
    expect(render({ loads: [measured()] })).toMatchInlineSnapshot(`
      "PASS  1 threshold held  1.2 s
        rate(errors)<1% held: 48,210 good answers in 10 s, none failed, p99 7.92 ms.

      http://127.0.0.1:3000/mcp
        steady · stateful, a session per connection · closed loop, 10 connections ·
        10 s · JSON answers · 2025-11-25

        held  rate(errors)<1%  0 %

        times in ms    good  per s  failed   p50   p90   p95   p99  p99.9   max
        initialize       10    312       0  3.20  4.80  6.08  12.8   28.8  64.0
        tools/call   48,210  4,821       0  1.98  2.97  3.76  7.92   17.8  39.6
        DELETE           10    402       0  0.90  1.35  1.71  3.60   8.10  18.0

        answers/s   ██████████  4,821 to 4,901
        p99 in ms   ▆▇▇█▆▇▇█▆▇  7.92 to 10.9

        sessions    10 opened at 3.20 ms each (p99 12.8 ms), none lost, 10 closed
        bytes       13.8 MiB sent, 23.9 MiB received
        generator   CPU 61 % of one core, 0.13 CPU s per 1,000 answers, event loop
                    1.20 ms late at p99
      "
    `)
  })

  it('that has everything to tell', () => {
    expect(render({ loads: [eventful()] })).toMatchInlineSnapshot(`
      "FAIL  1 of 2 thresholds broken  1.2 s
        tools/call:p(95)<3ms is broken: it was 3.76 ms. Mind what is said of the
        generator below.

      reference:stateful  http://127.0.0.1:3000/mcp
        soak · stateful, a session per connection · open loop, up to 300 requests/s on
        50 connections · 10 s · 2 workers · SSE answers · 2025-11-25
        The generator was the limit: it used 97 % of a core.

        held    rate(errors)<1%        0.42 %
        BROKEN  tools/call:p(95)<3ms  3.76 ms

        times in ms       good  per s  failed   p50   p90   p95   p99  p99.9   max
        initialize         120     12       0  1.98  2.97  3.76  7.92   17.8  39.6
        tools/call      48,210  4,821     204  1.98  2.97  3.76  7.92   17.8  39.6
          service time                         1.20  1.80  2.28  4.80   10.8  24.0
          first byte                           0.80  1.20  1.52  3.20   7.20  16.0
          first event                          1.00  1.50  1.90  4.00   9.00  20.0

        answers/s   ██████████████████████████████  4,821 to 4,901
        failed/s    █▁▁█▁▁▁█▁▁█▁▁▁█▁▁█▁▁▁█▁▁█▁▁▁█▁  0 to 12
        p99 in ms   ▇█▇█▇█▇█▇█▇█▇█▇█▇█▇█▇█▇█▇█▇█▇█  7.92 to 10.9
        waiting     ▃▆█▅█▃▆█▅█▃▆█▅█▃▆█▅█▃▆█▅█▃▆█▅█  0 to 4
        streams     ▁▁▁▂▂▂▂▃▃▃▃▄▄▄▄▅▅▅▅▆▆▆▆▇▇▇▇███  0 to 177
        server CPU  ██████████████████████████████  60 %
        server MiB  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇████████████  88.0 to 108

        stage  asked  time    good  per s  failed   p50   p99   max
        warm   100/s  10 s  48,210  4,821       0  1.98  7.92  39.6
        climb  200/s  10 s  48,210  4,821     102  1.98  7.92  39.6
        hold   300/s  10 s  48,210  4,821     204  1.98  7.92  39.6

        Failures  0.42 % of the requests
          tools/call  transport  24
            first    at 4.1 s: socket hang up
          tools/call  http-status  180
            first    at 3.2 s: HTTP 500
            sent     POST /mcp HTTP/1.1 …
                     {"jsonrpc":"2.0","id":12,"method":"tools/call"}
            received HTTP/1.1 500 Internal Server Error … oops

        sessions    120 opened at 1.98 ms each (p99 7.92 ms), 2 lost, none closed, 118
                    left without DELETE; the server grew by 14.2 KiB per session
        streams     180 of 200 held, 20 refused, none dropped by the server, 1,204
                    events came; the first was refused while 180 were held: HTTP 503,
                    too many streams
        unsent      12 requests of 48,429 that were due (0.02 %) never went out: no
                    connection was free
        in flight   3 requests had no answer yet when time was up; no figure above
                    holds them
        connections 24 lost by an error, 3 closed by the server in good order
        bytes       13.8 MiB sent, 24.0 MiB received
        server      CPU 61 % of one core, 0.12 ms per answer; memory 88.0 MiB at the
                    start, 108 MiB at the end, 110 MiB at most
        generator   CPU 97 % of one core, 0.21 CPU s per 1,000 answers, event loop
                    12.0 ms late at p99, requests sent 0.40 ms late at p99
      "
    `)
  })

  it('a capacity search', () => {
    const stages = [stageOf('800/s', { rate: 800 }), stageOf('1,600/s', { rate: 1600 })]
    const changes = { profile: 'capacity', loop: 'open' as const, stages, capacity: capacityOf() }
    expect(rendered(changes)).toMatchInlineSnapshot(`
      "PASS  1 threshold held  1.2 s
        It carries 800 requests per second with p(99)<100ms and rate(errors)<1%; 900
        broke it.

      http://127.0.0.1:3000/mcp
        capacity · stateful, a session per connection · open loop, up to 1,600
        requests/s on 10 connections · 10 s · JSON answers · 2025-11-25

        held  rate(errors)<1%  0 %

        times in ms    good  per s  failed   p50   p90   p95   p99  p99.9   max
        initialize       10    312       0  3.20  4.80  6.08  12.8   28.8  64.0
        tools/call   48,210  4,821       0  1.98  2.97  3.76  7.92   17.8  39.6
        DELETE           10    402       0  0.90  1.35  1.71  3.60   8.10  18.0

        answers/s   ██████████  4,821 to 4,901
        p99 in ms   ▆▇▇█▆▇▇█▆▇  7.92 to 10.9

        Capacity search for p(99)<100ms and rate(errors)<1%
          asked/s  got/s  failed   p99
              800    799       0  41.0  held
              900    880      20     –  broke: rate(errors)<1% was 2.2 %
            1,600  1,012       3   412  broke: p(99)<100ms was 412 ms

        sessions    10 opened at 3.20 ms each (p99 12.8 ms), none lost, 10 closed
        bytes       13.8 MiB sent, 23.9 MiB received
        generator   CPU 61 % of one core, 0.13 CPU s per 1,000 answers, event loop
                    1.20 ms late at p99
      "
    `)
  })

  it('without a good answer', () => {
    const examples = { timeout: { second: 5, message: 'no answer within 5000 ms' } }
    const phases = { 'tools/call': phaseOf(0, { failed: 20, errors: { timeout: 20 }, examples }) }
    const thresholds = [{ text: 'rate(errors)<1%', held: false, actual: 100 }]
    expect(
      rendered({ phases, thresholds, series: [], stages: [], sessions: { opened: 0, lost: 0, closed: 0, left: 0 } }),
    ).toMatchInlineSnapshot(`
      "INCOMPLETE  1 of 1 threshold broken  1.2 s
        No request got a good answer: all 20 failed. The first (tools/call, timeout):
        no answer within 5000 ms.

      http://127.0.0.1:3000/mcp
        steady · stateful, a session per connection · closed loop, 10 connections ·
        10 s · JSON answers · 2025-11-25

        BROKEN  rate(errors)<1%  100 %

        times in ms  good  per s  failed  p50  p90  p95  p99  p99.9  max
        tools/call      0      0      20    –    –    –    –      –    –

        Failures  100 % of the requests
          tools/call  timeout  20
            first    at 5 s: no answer within 5000 ms

        bytes       0 B sent, 0 B received
        generator   CPU 61 % of one core, 0.13 CPU s per 1,000 answers, event loop
                    1.20 ms late at p99
      "
    `)
  })
})

describe('what is shown only where it says something', () => {
  it.each<[string, Partial<Load>, RegExp]>([
    [
      'service time of an open loop',
      { loop: 'open', phases: { ping: phaseOf(5, { service: latencyOf(1) }) } },
      /service time/,
    ],
    ['first event of an event stream', { phases: { ping: phaseOf(5, { firstEvent: latencyOf(1) }) } }, /first event/],
    ['requests without an answer', { inFlightAtEnd: 3, loop: 'open' }, /3 requests had no answer yet/],
    ['requests never sent', { dropped: 3 }, /3 requests of 48,213 that were due \(<0\.01 %\) never went out/],
    ['a session per thread', { session: 'shared', workers: 2 }, /stateful, one session per worker · /],
    ['lost connections', { reconnects: { failed: 3, closed: 0 } }, /3 lost by an error, none closed/],
    [
      'streams on which something came',
      { streams: { asked: 5, held: 5, refused: 0, dropped: 0, events: 12, heard: 4 } },
      /5 of 5 held, none refused, none dropped by the server, 12\s+events\s+came,\s+on\s+4\s+of\s+them/,
    ],
    [
      'streams on which nothing came',
      { streams: { asked: 5, held: 5, refused: 0, dropped: 0, events: 0, heard: 0 } },
      /no\s+event\s+came/,
    ],
    [
      'a server whose memory moves by itself',
      { sessions: { opened: 500, lost: 0, closed: 500, left: 0, kibPerSession: 0 } },
      /memory rose and fell by more than it grew\s+with\s+them/,
    ],
    [
      'a threshold that nothing was measured for',
      { thresholds: [{ text: 'ping:p(99)<1s', held: false, actual: null }] },
      /INCOMPLETE {2}1 of 1 threshold not judged[\s\S]* open {2}ping:p\(99\)<1s {2}nothing measured/,
    ],
    ['ended before it began', { interrupted: true, seconds: 0 }, /Ended by the user before the measured time began/],
    ['ramps', { stages: [stageOf('up', { ramp: true }), stageOf('b')] }, /up +to 10 conn\./],
    ['the server', { server: eventful().server! }, /CPU 61 % of one core, 0\.12 ms per answer; memory 88\.0 MiB/],
    ['stages', { stages: [stageOf('a'), stageOf('b')] }, /stage +asked/],
    ['the user ended it', { interrupted: true }, /Ended early by the user/],
    ['an obstacle', { obstacle: 'The server was gone.' }, /^ {2}The server was gone\.$/m],
  ])('%s', (_, changes, words) => {
    expect(rendered(changes)).toMatch(words)
    expect(rendered({})).not.toMatch(words)
  })
})

it.each([40, 60, 80, 100])('%i columns are enough', (columns) => {
  const text = render({ loads: [eventful()], comparisons: [comparisonOf()] }, columns)
  const lines = text.split('\n').filter((line) => !line.includes('"jsonrpc"'))
  if (columns >= 80) expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns)
  expect(text).toContain('tools/call')
})

it('checks and loads in one report', () => {
  const text = render({ results: [resultOf('a/x', 'pass')], loads: [measured()] })
  expect(text).toMatch(/^PASS {2}1 passed, 1 threshold held {2}1\.2 s\n/)
  expect(text).toMatch(/1 check, 7 requests/)
})

it('colour where it is wanted', () => {
  expect(render({ loads: [eventful()] }, 80, true)).toContain('\u001b[31m')
})

it('what a server says cannot play with the terminal', () => {
  const nasty = '\u001b[2J\u0007\r\u202egone'
  const example = { second: 1, message: nasty, request: nasty, response: nasty }
  const load = eventful({
    profile: nasty,
    target: { url: `http://h/${nasty}`, name: nasty },
    revision: nasty,
    obstacle: nasty,
    phases: { [nasty]: phaseOf(5, { failed: 1, errors: { 'rpc-error': 1 }, examples: { 'rpc-error': example } }) },
    stages: [stageOf(nasty), stageOf(nasty)],
    streams: { ...eventful().streams!, firstRefusal: { held: 1, message: nasty } },
    generator: { ...eventful().generator, sentence: nasty },
    thresholds: [{ text: nasty, held: false, actual: 1 }],
  })
  const capacity = capacityOf({
    objective: [nasty],
    steps: [{ rate: 1, achieved: 1, held: false, errors: 0, reason: nasty }],
  })
  const side = { good: 0, failed: 1, dropped: 0, example: nasty }
  const comparison = comparisonOf({
    targets: [
      { url: nasty, name: nasty, mode: 'stateful', revision: nasty },
      { url: nasty, mode: 'stateless' },
    ],
    method: nasty,
    tool: nasty,
    obstacle: nasty,
    trials: [trialOf({ sides: [side, side], obstacle: nasty, limited: nasty })],
  })
  for (const shape of [{ loads: [load] }, { loads: [{ ...load, capacity }] }, { comparisons: [comparison] }])
    expect(render(shape).replaceAll('\n', '')).toBe(visible(render(shape).replaceAll('\n', '')))
})
