import { expect, it } from 'vitest'
import { actualText, excess } from './threshold-text.js'

it.each<[string, number | null, string, number]>([
  ['p(99)<250ms', 412.4, '412 ms', 412.4 / 250],
  ['tools/call:p(95)<100', 143, '143 ms', 1.43],
  ['p(50)<2s', 2.5, '2.5 s', 1.25],
  ['med<800us', 1200, '1,200 us', 1.5],
  ['rate(errors)<0.1%', 0.42, '0.42 %', 4.2],
  ['rate(errors)<0.1%', 0, '0 %', 0],
  ['rate>100/s', 50.04, '50/s', 100 / 50.04],
  ['rate>100/s', 0, '0/s', Number.POSITIVE_INFINITY],
  ['rate(errors)<0.001', 0.00421, '0.00421', 4.21],
  ['count(errors)<5', 12_000, '12,000', 2400],
  ['initialize:p(95)<100ms', null, 'nothing measured', 0],
  ['what is this', 1.25, '1.25', 0],
])('%s with %j: %s', (text, actual, words, factor) => {
  const outcome = { text, held: false, actual }
  expect(actualText(outcome)).toBe(words)
  expect(excess(outcome)).toBeCloseTo(factor, 10)
})
