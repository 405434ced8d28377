import { describe, expect, it } from 'vitest'
import type { HeaderList } from './headers.js'
import { redactor } from './redact.js'

const secret = `p/ss+wo "rd\\~1?é`

describe('a secret is found in every spelling', () => {
  const spellings: [how: string, text: string][] = [
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in lower case', encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ['as a form or query field', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['inside JSON', JSON.stringify({ a: secret })],
    ['inside JSON with escaped slashes', JSON.stringify({ a: secret }).replaceAll('/', '\\/')],
    ['within a longer text in base64', Buffer.from(`{"a":"${secret}"}`).toString('base64')],
    ['hexadecimal', Buffer.from(secret).toString('hex')],
    ['hexadecimal in capitals', Buffer.from(secret).toString('hex').toUpperCase()],
    ['every byte percent-encoded', Buffer.from(secret).toString('hex').replace(/../g, '%$&')],
    ['twice', `${secret} and ${secret}`],
  ]
  it.each(spellings)('%s', (_, text) => {
    const out = redactor([secret]).text(`before ${text} after`)
    for (const [, spelling] of spellings.slice(0, 6)) expect(out).not.toContain(spelling)
    expect(out).not.toContain('ss+wo')
    expect(out).toMatch(/^before .*\[redacted\].* after$/)
  })

  const unicode = (text: string, pad = 4) =>
    text.replace(/[^a-zA-Z]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(pad, '0')}`)
  it.each<[how: string, text: string]>([
    ['some characters as \\u', unicode('p/ss+wo"rd')],
    ['some as \\u in capitals', unicode('p/ss+wo"rd').replace(/[0-9a-f]{4}/g, (code) => code.toUpperCase())],
    ['escaped for JSON twice', JSON.stringify(JSON.stringify('p/ss+wo"rd'))],
    ['escaped for JSON in a URL', encodeURIComponent(JSON.stringify('p/ss+wo"rd'))],
    ['some percent-encoded', 'p%2Fss%2bwo"rd'],
    ['in HTML by numbers', 'p&#47;ss&#x2B;wo&#x0022;rd'],
    ['in HTML by names', 'p/ss+wo&quot;rd'],
    ['its base64 in a URL', encodeURIComponent(Buffer.from('p/ss+wo"rd').toString('base64'))],
  ])('with escapes: %s', (_, text) => {
    const out = redactor(['p/ss+wo"rd']).text(`before%20 ${text} and\\n ${text} after`)
    expect(out).toMatch(
      /^before%20 [\\"%A-F0-9]*\[redacted\][\\"%A-F0-9]* and\\n [\\"%A-F0-9]*\[redacted\][\\"%A-F0-9]* after$/,
    )
  })

  it('ordinary escapes stay as they are', () => {
    const text = 'a%20b \\u0041 &lt;p&gt; {\\"a\\":1}'
    expect(redactor(['p/ss+wo"rd']).text(text)).toBe(text)
  })

  it('the whole token in front of a token that it begins with', () => {
    expect(redactor(['abcd', 'abcd-efgh']).text('abcd-efgh abcd')).toBe('[redacted] [redacted]')
  })

  it('a secret that became known during the run', () => {
    const redact = redactor()
    redact.add('later-1')
    expect(redact.text('later-1')).toBe('[redacted]')
  })

  it('a part of a long secret, such as one event of a stream holds', () => {
    const redact = redactor(['0123456789-abcdefghij-KLMNOP'])
    expect(redact.text('first 0123456789-abc, then defghij-KLMNOP.')).toBe('first [redacted], then [redacted].')
    expect(redact.text('0123456789')).toBe('0123456789')
  })

  it('over the lines of an event stream, however short the pieces', () => {
    const stream = (pieces: string[]) => pieces.map((piece) => `id: 1\ndata: ${piece}\n\n`).join('')
    const out = redactor(['s3cret-word']).text(stream(['you sent s3', 'cret-', 'word.']))
    expect(out).toBe(stream(['you sent [redacted]', '[redacted]', '[redacted].']))
  })

  it('less than 4 characters would blank out ordinary text and is left', () => {
    const redact = redactor(['', 'abc'])
    expect(redact.text('abc abcd')).toBe('abc abcd')
  })

  it('characters that mean something in patterns and replacements are plain text', () => {
    expect(redactor(['a.*$&']).text('a.*$& aXX')).toBe('[redacted] aXX')
  })
})

describe('headers', () => {
  const rows: [what: string, header: HeaderList[number], shown: string][] = [
    ['the scheme of Authorization stays', ['Authorization', 'Bearer abcdef'], 'Bearer [redacted]'],
    ['also where the secret is unknown', ['authorization', 'Basic dXNlcjpwYXNz'], 'Basic [redacted]'],
    ['a value without a scheme goes whole', ['Authorization', 'abcdef'], '[redacted]'],
    ['an API key of several words goes whole', ['x-api-key', 'first second'], '[redacted]'],
    ['all cookies go', ['Cookie', 'sid=abc; theme=dark'], '[redacted]'],
    ['a cookie the server sets goes', ['Set-Cookie', 'sid=abc; HttpOnly'], '[redacted]'],
    ['line breaks do not help', ['Authorization', 'Bearer a\nb'], 'Bearer [redacted]'],
    [
      'a challenge stays readable',
      ['WWW-Authenticate', 'Bearer resource_metadata="https://a/b"'],
      'Bearer resource_metadata="https://a/b"',
    ],
    ['a secret in any other field goes', ['x-echo', 'you sent top-secret!'], 'you sent [redacted]!'],
    ['ordinary fields stay', ['content-type', 'application/json'], 'application/json'],
  ]
  it.each(rows)('%s', (_, header, shown) => {
    expect(redactor(['top-secret']).headers([header])).toEqual([[header[0], shown]])
  })
})

it('goes through JSON values of any depth and leaves the original as it is', () => {
  const value = { a: ['x secret-1', 2, null, true, { 'secret-1': 'secret-1' }], b: undefined }
  const copy = structuredClone(value)
  expect(redactor(['secret-1']).value(value)).toEqual({
    a: ['x [redacted]', 2, null, true, { '[redacted]': '[redacted]' }],
  })
  expect(value).toEqual(copy)
})
