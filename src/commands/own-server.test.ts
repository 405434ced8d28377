import { expect, it } from 'vitest'
import type { HeaderList } from '../wire/headers.js'
import { isLoopback, refuseForeign, warnOfClearText } from './own-server.js'
import type { Terminal } from './terminal.js'

const here = [
  'http://localhost:3000/mcp',
  'http://LOCALHOST./mcp',
  'http://api.localhost/mcp',
  'http://127.0.0.1/mcp',
  'http://127.1/mcp',
  'http://2130706433/mcp',
  'http://0.0.0.0:8000/mcp',
  'http://[::1]:3000/mcp',
  'http://[::]:3000/mcp',
]
const elsewhere = [
  'https://example.com/mcp',
  'http://10.0.0.1/mcp',
  'http://127.0.0.1.example.com/mcp',
  'http://localhost.example.com/mcp',
  'http://[fe80::1]/mcp',
  'http://notlocalhost/mcp',
]

it.each(here)('%s is this machine', (url) => {
  expect(isLoopback(url)).toBe(true)
  expect(() => refuseForeign(url, undefined)).not.toThrow()
})

it.each(elsewhere)('%s is not', (url) => {
  expect(isLoopback(url)).toBe(false)
  expect(() => refuseForeign(url, undefined)).toThrow(/is not this machine.*--i-own-this-server$/)
  expect(() => refuseForeign(url, true)).not.toThrow()
})

it.each<[string, { token?: string; headers?: HeaderList }, boolean]>([
  ['http://example.com/mcp', { token: 'secret' }, true],
  ['http://example.com/mcp', { headers: [['X-API-Key', 'secret']] }, true],
  ['http://example.com/mcp', { headers: [['X-Tenant', 'a']] }, false],
  ['http://example.com/mcp', {}, false],
  ['https://example.com/mcp', { token: 'secret' }, false],
  ['http://localhost/mcp', { token: 'secret' }, false],
])('%s with %j warns: %s', (url, given, warned) => {
  let said = ''
  const err = (text: string) => {
    said += text
  }
  warnOfClearText(url, given, { err } as Terminal)
  expect(said).toMatch(warned ? /^warning: .*example\.com in clear text; use https\n$/ : /^$/)
  expect(said).not.toContain('secret')
})
