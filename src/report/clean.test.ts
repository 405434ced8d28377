import { describe, expect, it } from 'vitest'
import { oneLine, plainJson, visible } from './clean.js'

describe('visible', () => {
  it.each([
    ['plain žába 🐸', 'plain žába 🐸'],
    ['line\nbreak\ttab', 'line\nbreak\ttab'],
    ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['title\u001b]0;gotcha\u0007', 'title\\x1b]0;gotcha\\x07'],
    ['over\rwritten', 'over\\x0dwritten'],
    ['back\b\u0000\u007f', 'back\\x08\\x00\\x7f'],
    ['C1 \u009b31m', 'C1 \\x9b31m'],
    ['right to left \u202egnp.exe', 'right to left \\u202egnp.exe'],
    ['isolates \u2066a\u2069', 'isolates \\u2066a\\u2069'],
  ])('%j', (text, shown) => expect(visible(text)).toBe(shown))
})

describe('oneLine', () => {
  it.each([
    ['a\n  b\tc', 'a b c'],
    [{ a: [1, null] }, '{"a":[1,null]}'],
    [undefined, 'undefined'],
    [null, 'null'],
    [0, '0'],
    ['', ''],
    ['\u001b[2J', '\\x1b[2J'],
  ])('%j', (value, line) => expect(oneLine(value)).toBe(line))

  it('cuts at the bound, and not within a character', () => {
    expect(oneLine('abcdef', 3)).toBe('abc…')
    expect(oneLine('abc', 3)).toBe('abc')
    expect(oneLine('ab🐸🐸', 3)).toBe('ab…')
  })
})

it('JSON says the same without a character that a screen would obey', () => {
  const value = { 'a\u009bb': ['\u001b[2J', '\u202e', '\u007f', 'line\nline', 'é'] }
  const text = plainJson(value)
  expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u)
  expect(JSON.parse(text)).toEqual(value)
})
