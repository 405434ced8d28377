import { describe, expect, it } from 'vitest'
import { comparisonOf, trialOf } from '../../test/support/loads.js'
import { type RunShape, runOf } from '../../test/support/runs.js'

const verdict = (shape: RunShape) => {
  const { name, exitCode, sentence } = runOf(shape).verdict
  return { outcome: [exitCode, name], sentence }
}

describe('comparisons', () => {
  const away = trialOf({ sides: [trialOf().sides[0]!, { good: 0, failed: 5, dropped: 0 }] })
  const left = { ...away, leaves: true as const }
  const rows: [what: string, changes: Parameters<typeof comparisonOf>[0], code: number, sentence: RegExp][] = [
    [
      'who carries more',
      {},
      0,
      /^reference:stateful carries 1\.4 to 1\.6 times as much \(closed loop, 10 connections\)\.$/,
    ],
    [
      'nobody',
      {
        trials: [
          trialOf({
            values: trialOf().values.map((one) => ({
              ...one,
              ratios: [null, { ratio: 1, low: 0.9, high: 1.1, shown: false }],
            })),
          }),
        ],
      },
      0,
      /^No difference in throughput was shown between reference:stateful and reference:stateless/,
    ],
    ['the generator was the limit', { trials: [trialOf({ limited: 'x' })] }, 0, /servers may differ by more\.$/],
    [
      'a server without a good answer',
      { trials: [trialOf(), away] },
      3,
      /: reference:stateless gave no good answer\.$/,
    ],
    ['a server that has no sessions to leave open', { trials: [trialOf(), left] }, 0, /^reference:stateful carries/],
    ['a trial with an obstacle', { trials: [trialOf({ obstacle: 'it died' })] }, 3, /: it died$/],
    ['no trial', { trials: [] }, 3, /^Nothing was compared/],
    ['an obstacle', { obstacle: 'Only SSE.' }, 3, /^Only SSE\.$/],
  ]
  it.each(rows)('%s', (_, changes, code, words) => {
    const { outcome, sentence } = verdict({ comparisons: [comparisonOf(changes)] })
    expect(outcome[0]).toBe(code)
    expect(sentence).toMatch(words)
  })

  it('of more than two says than whom', () => {
    const { targets } = comparisonOf()
    const value = trialOf().values[0]!
    const ratios = [null, value.ratios[1]!, { ratio: 1.5, low: 1.38, high: 1.62, shown: true }]
    const trials = [trialOf({ values: [{ ...value, ratios }], sides: [...trialOf().sides, trialOf().sides[0]!] })]
    const three = comparisonOf({ targets: [...targets, { ...targets[0]!, name: 'reference:modern' }], trials })
    expect(verdict({ comparisons: [three] }).sentence).toBe(
      'reference:stateful carries 1.4 to 1.6 times as much as reference:stateless; reference:modern carries 1.4 to 1.6 times as much as reference:stateful (closed loop, 10 connections).',
    )
  })

  it('interrupted', () => {
    const { sentence } = verdict({ comparisons: [comparisonOf()], interrupted: true })
    expect(sentence).toMatch(/^Interrupted after 81\.2 s of load/)
  })
})
