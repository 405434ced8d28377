import { expect, it } from 'vitest'
import { bytes, mib, ms, msUnit, percent, perSecond, plural, seconds, whole } from './figures.js'

it.each([
  [0, '0.00'],
  [0.004, '0.00'],
  [1.978, '1.98'],
  [9.996, '10.0'],
  [99.96, '100'],
  [1204.4, '1,204'],
  [9999.6, '10.0s'],
  [12_345, '12.3s'],
  [123_456, '123s'],
])('ms %d', (value, text) => {
  expect(ms(value)).toBe(text)
  expect(text.length).toBeLessThanOrEqual(5)
})

it.each([
  [1.978, '1.98 ms'],
  [12_345, '12.3 s'],
])('msUnit %d', (value, text) => expect(msUnit(value)).toBe(text))

it.each([
  [48_210, '48,210'],
  [12_345_678, '12,345,678'],
  [123_456_789, '123.5M'],
])('whole %d', (value, text) => expect(whole(value)).toBe(text))

it.each([
  [0, '0'],
  [0.25, '0.25'],
  [20, '20'],
  [1.999, '2'],
  [48.21, '48.2'],
  [4821.3, '4,821'],
])('perSecond %d', (value, text) => expect(perSecond(value)).toBe(text))

it.each([
  [0, 10, '0 %'],
  [0, 0, '0 %'],
  [1, 1_000_000, '<0.01 %'],
  [1, 238, '0.42 %'],
  [1, 3, '33.3 %'],
  [9999, 10_000, '>99.9 %'],
  [5, 5, '100 %'],
])('percent %d of %d', (part, all, text) => expect(percent(part, all)).toBe(text))

it.each([
  [0.44, '0.4 s'],
  [10, '10 s'],
  [10.04, '10 s'],
])('seconds %d', (value, text) => expect(seconds(value)).toBe(text))

it.each([
  [512, '512 B'],
  [2048, '2.0 KiB'],
  [3.5 * 1024 ** 2, '3.5 MiB'],
  [2 * 1024 ** 3, '2.0 GiB'],
])('bytes %d', (value, text) => expect(bytes(value)).toBe(text))

it.each([
  [88.04, '88.0 MiB'],
  [1024.4, '1,024 MiB'],
])('mib %d', (value, text) => expect(mib(value)).toBe(text))

it('plural', () => expect([plural(1, 'check'), plural(2048, 'check')]).toEqual(['1 check', '2,048 checks']))
