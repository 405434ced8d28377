import { expect, it } from 'vitest'
import { comparisonOf, trialOf } from '../../test/support/loads.js'
import { type RunShape, runOf } from '../../test/support/runs.js'
import { renderTerminal } from './terminal.js'

const render = (shape: RunShape) => renderTerminal(runOf(shape), { columns: 80, color: false })

it('a comparison at 80 columns', () => {
  const open = trialOf({
    loop: 'open',
    session: 'shared',
    rate: 800,
    rounds: 1,
    sides: [trialOf().sides[0]!, { ...trialOf().sides[1]!, failed: 12, dropped: 3, example: 'HTTP 503 too busy' }],
    limited: 'In 1 of 2 loads: The generator was the limit: it used 97 % of a core.',
  })
  const leaves = trialOf({ session: 'per-request', leaves: true, seconds: 10, values: trialOf().values.slice(3) })
  expect(render({ comparisons: [comparisonOf({ trials: [trialOf(), open, leaves] })] })).toMatchInlineSnapshot(`
    "PASS  3 trials  1.2 s
      reference:stateful carries 1.4 to 1.6 times as much (closed loop, 10
      connections).

    A  reference:stateful  http://127.0.0.1:3000/mcp
       stateful · 2025-11-25
    B  reference:stateless  http://127.0.0.1:3001/mcp
       stateless · 2025-11-25
       tools/call of get_weather on each in turn (A B B A …), 81.2 s in all

      closed loop, 10 connections · a session per connection · 4 rounds of 5 s each
                                    A      B   B/A  95 % interval
        answers per s           4,821  3,305  0.69   0.64 to 0.73
          reference:stateful carries 1.4 to 1.6 times as much
        p50 in ms                1.98   2.90  1.46   1.38 to 1.55
          reference:stateless takes 1.4 to 1.6 times as long at p50
        p99 in ms                7.90   8.10  1.03   0.91 to 1.16
          no difference shown
        server KiB per session   14.2      –     –              –
          reference:stateless keeps no sessions

      open loop, 800 requests/s on 10 connections · one session for all connections
      · 1 round of 5 s each
      In 1 of 2 loads: The generator was the limit: it used 97 % of a core.
                                    A      B   B/A  95 % interval
        answers per s           4,821  3,305  0.69   0.64 to 0.73
          reference:stateful carries 1.4 to 1.6 times as much
        p50 in ms                1.98   2.90  1.46   1.38 to 1.55
          reference:stateless takes 1.4 to 1.6 times as long at p50
        p99 in ms                7.90   8.10  1.03   0.91 to 1.16
          no difference shown
        server KiB per session   14.2      –     –              –
          reference:stateless keeps no sessions
        reference:stateless: 12 failed (0.02 %), the first: HTTP 503 too busy; 3 due
        requests were never sent

      sessions left open on purpose, to see what one costs · 10 connections · 4
      rounds of 10 s each
                                   A  B  B/A  95 % interval
        server KiB per session  14.2  –    –              –
          reference:stateless keeps no sessions
    "
  `)
})

it('three servers: each is compared with the first', () => {
  const [first, second] = comparisonOf().targets
  const third = { ...second!, name: 'reference:modern', mode: 'modern' as const }
  const value = trialOf().values[0]!
  const values = [
    {
      ...value,
      values: [...value.values, 5000],
      ratios: [...value.ratios, { ratio: 1.04, low: 0.98, high: 1.1, shown: false }],
    },
  ]
  const trial = trialOf({ values, sides: [...trialOf().sides, trialOf().sides[0]!] })
  const text = render({ comparisons: [comparisonOf({ targets: [first!, second!, third], trials: [trial] })] })
  expect(text.slice(text.indexOf('   tools/call'))).toMatchInlineSnapshot(`
    "   tools/call of get_weather on each in turn (A B C C B A …), 81.2 s in all

      closed loop, 10 connections · a session per connection · 4 rounds of 5 s each
                           A      B      C   B/A   C/A
        answers per s  4,821  3,305  5,000  0.69  1.04
          B/A 0.64 to 0.73: reference:stateful carries 1.4 to 1.6 times as much
          C/A 0.98 to 1.10: no difference shown
    "
  `)
})
