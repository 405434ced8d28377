import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Exchange } from '../wire/exchange.js'
import { curlOf } from './curl.js'

const exchange = (request: Partial<Exchange['request']>): Exchange => ({
  request: { method: 'POST', url: 'http://127.0.0.1:3000/mcp', headers: [], ...request },
  ms: 1,
})

/** What a shell makes of the line: the arguments curl would get. */
function words(line: string, token = 'tok'): string[] {
  const script = line.replace(/^curl /, `printf '%s\\0' `)
  const out = execFileSync('sh', ['-c', script], { env: { MCP_TOKEN: token }, encoding: 'utf8' })
  return out.split('\0').slice(0, -1)
}

describe('a shell reads back exactly what was sent', () => {
  const hostile = [
    `it's`,
    `'; rm -rf / #`,
    '$(touch /tmp/x) `id` $HOME',
    '"double" \\ back\\slash \\n',
    'line\nbreak\r\n\ttab',
    '* ? [a] {b,c} ~ ! & | ; < >',
    'žába 🐸',
    `''''`,
    '-X DELETE',
    '@/etc/passwd',
  ]
  it.each(hostile)('%j in a body', (body) => {
    const args = words(
      curlOf(
        exchange({
          headers: [
            ['content-type', 'a'],
            ['accept', 'b'],
          ],
          body,
        }),
      ),
    )
    expect(args.at(-2)).toBe('--data-raw')
    expect(args.at(-1)).toBe(body)
  })

  it.each(hostile)('%j in a header', (value) => {
    expect(words(curlOf(exchange({ headers: [['X-A', value]] })))).toContain(`X-A: ${value}`)
  })

  it.each(['http://h/a?b=c&d=e', `http://h/it's?$x=1#y`])('%s as URL', (url) => {
    expect(words(curlOf(exchange({ url })))).toContain(url)
  })

  it('credentials come from the environment, whatever characters they hold', () => {
    const headers: [string, string][] = [
      ['authorization', 'Bearer [redacted]'],
      ['x-api-key', '[redacted]'],
    ]
    const line = curlOf(exchange({ headers, body: '{"t":"[redacted]"}' }))
    const args = words(line, `t'o"k $x`)
    expect(args).toContain(`authorization: Bearer t'o"k $x`)
    expect(args).toContain(`x-api-key: t'o"k $x`)
    expect(args.at(-1)).toBe(`{"t":"t'o"k $x"}`)
    expect(line).not.toContain('[redacted]')
  })
})

describe('curl sends what we sent', () => {
  const json: [string, string][] = [
    ['content-type', 'application/json'],
    ['accept', 'application/json'],
  ]
  const rows: [what: string, request: Partial<Exchange['request']>, line: string][] = [
    [
      'a POST',
      { headers: json, body: '{}' },
      `curl -i -X POST 'http://127.0.0.1:3000/mcp' -H 'content-type: application/json' -H 'accept: application/json' --data-raw '{}'`,
    ],
    [
      'a GET is not buffered',
      { method: 'GET', headers: [['accept', 'text/event-stream']] },
      `curl -i -N 'http://127.0.0.1:3000/mcp' -H 'accept: text/event-stream'`,
    ],
    [
      'a GET with a body stays a GET',
      { method: 'GET', headers: json, body: '{}' },
      `curl -i -N -X GET 'http://127.0.0.1:3000/mcp' -H 'content-type: application/json' -H 'accept: application/json' --data-raw '{}'`,
    ],
    [
      'a DELETE',
      { method: 'DELETE', headers: [['accept', 'a']] },
      `curl -i -X DELETE 'http://127.0.0.1:3000/mcp' -H 'accept: a'`,
    ],
    [
      'an empty header is sent empty: a colon would take it out',
      {
        method: 'GET',
        headers: [
          ['accept', 'a'],
          ['origin', ''],
        ],
      },
      `curl -i -N 'http://127.0.0.1:3000/mcp' -H 'accept: a' -H 'origin;'`,
    ],
    [
      'headers that curl would add are taken out',
      { headers: [], body: '' },
      `curl -i -X POST 'http://127.0.0.1:3000/mcp' -H 'accept:' -H 'content-type:' --data-raw ''`,
    ],
  ]
  it.each(rows)('%s', (_, request, line) => expect(curlOf(exchange(request))).toBe(line))
})
