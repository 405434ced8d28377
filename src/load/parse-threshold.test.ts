import { expect, it } from 'vitest'
import { UsageError } from '../usage-error.js'
import { parseThreshold } from './parse-threshold.js'
import { subjectOf } from './thresholds.js'

it.each([
  ['p(99)<250ms', { aggregate: { name: 'p', percentile: 99 }, operator: '<', bound: 250_000, unit: 1000 }],
  ['p(99.9)<=1s', { aggregate: { name: 'p', percentile: 99.9 }, operator: '<=', bound: 1_000_000, unit: 1_000_000 }],
  ['p(95) < 1500us', { aggregate: { name: 'p', percentile: 95 }, operator: '<', bound: 1500, unit: 1 }],
  ['med<0.5µs', { aggregate: { name: 'med' }, bound: 0.5, unit: 1 }],
  ['avg<200', { aggregate: { name: 'avg' }, bound: 200_000, unit: 1000 }],
  ['max>=.5s', { aggregate: { name: 'max' }, operator: '>=', bound: 500_000 }],
  ['count>1000', { aggregate: { name: 'count', of: 'good' }, bound: 1000, unit: 1 }],
  ['rate>100/s', { aggregate: { name: 'rate', of: 'good' }, bound: 100, unit: 1 }],
  ['rate(errors)<0.1%', { aggregate: { name: 'rate', of: 'errors' }, bound: 0.001, unit: 0.01 }],
  ['rate(errors)<0.3%', { bound: 3 / 1000 }],
  ['rate( timeout ) == 0', { aggregate: { name: 'rate', of: 'timeout' }, operator: '==', bound: 0, unit: 1 }],
  ['count(tool-error)!=3', { aggregate: { name: 'count', of: 'tool-error' }, operator: '!=', bound: 3 }],
  ['tools/call:p(95)<100ms', { phase: 'tools/call', aggregate: { name: 'p', percentile: 95 } }],
  [' initialize : min === 1 ms ', { phase: 'initialize', aggregate: { name: 'min' }, operator: '===', bound: 1000 }],
])('reads %s', (text, expected) => {
  const threshold = parseThreshold(text)
  expect(threshold).toMatchObject({ text, ...expected })
  if (!('phase' in expected)) expect(threshold).not.toHaveProperty('phase')
})

it.each([
  ['', 0, 'expected one of p(N), avg, min, med, max, count, rate'],
  ['p99<250ms', 1, 'expected "(" and a percentile, as in p(99)'],
  ['p(99<250ms', 4, 'expected ")"'],
  ['p(101)<1s', 2, 'expected a percentile from 0 to 100'],
  ['p()<1s', 2, 'expected a percentile from 0 to 100'],
  ['mean<1s', 0, 'expected one of p(N), avg, min, med, max, count, rate'],
  ['tools/call:mean<1s', 11, 'expected one of p(N), avg, min, med, max, count, rate'],
  ['avg 250ms', 4, 'expected one of != < <= == === > >='],
  ['avg=250ms', 3, 'expected one of != < <= == === > >='],
  ['avg<ms', 4, 'expected a number'],
  ['avg<-5ms', 4, 'expected a number'],
  ['avg<5m', 5, 'expected us, ms, s or no unit'],
  ['avg<5%', 5, 'expected us, ms, s or no unit'],
  ['count>5ms', 7, 'a count has no unit'],
  ['rate<1%', 6, 'rate counts good answers; for the share of failures write rate(errors)'],
  ['rate(errors)<1/s', 14, 'expected % or no unit'],
  ['rate(mistakes)<1%', 5, 'expected errors or a kind of failure: transport, timeout, http-status'],
  ['rate(errors<1%', 11, 'expected ")"'],
  ['avg<5ms and more', 8, 'nothing more was expected here'],
  ['avg<5\tconstructor', 6, 'expected us, ms, s or no unit'],
])('points at what is wrong in "%s"', (text, at, message) => {
  let caught: unknown
  try {
    parseThreshold(text)
  } catch (error) {
    caught = error
  }
  expect(caught).toBeInstanceOf(UsageError)
  const [first, quoted, caret] = (caught as UsageError).message.split('\n')
  expect(first).toContain(`threshold "${text.replace('\t', ' ')}": ${message}`)
  expect(quoted).toBe(`  ${text.replace('\t', ' ')}`)
  expect(caret).toBe(`  ${' '.repeat(at)}^`)
})

it.each([
  ['p(99)<250ms', 'p(99)'],
  ['p(99.0) > 1s', 'p(99)'],
  ['tools/call:rate(errors)<1%', 'tools/call:rate(errors)'],
  ['count>1', 'count'],
])('%s is about %s', (text, subject) => {
  expect(subjectOf(parseThreshold(text))).toBe(subject)
})
