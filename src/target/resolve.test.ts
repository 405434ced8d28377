import { describe, expect, it } from 'vitest'
import { UsageError } from '../usage-error.js'
import { parseReference, resolveTarget } from './resolve.js'

describe('resolveTarget', () => {
  const bad: [what: string, text: string, words: RegExp][] = [
    ['no URL', 'not a url', /"not a url" is no URL; give one such as http/],
    ['nothing', '', /is no URL/],
    ['a host without a scheme', 'example.com/mcp', /is no URL/],
    ['a host and port without a scheme', 'localhost:3000/mcp', /only http and https/],
    ['a scheme alone', 'http://', /is no URL/],
    ['a port that is none', 'http://localhost:99999/', /is no URL/],
    ['a file', 'file:///etc/passwd', /only http and https/],
    ['a web socket', 'ws://localhost/mcp', /only http and https/],
    ['credentials in the URL', 'https://me:sekret@a.example/mcp', /take the credentials out of the URL/],
    ['a user alone', 'https://me@a.example/mcp', /take the credentials out/],
    [
      'an unknown mode',
      'reference:antique',
      /mode "antique" is unknown; choose stateful, stateless, modern, dual, sse/,
    ],
    ['an unknown auth', 'reference:stateful?auth=magic', /auth "magic" is unknown; choose none, apikey/],
    ['an unknown response', 'reference:stateful?response=xml', /response "xml" is unknown/],
    ['an unknown parameter', 'reference:stateful?mode=x', /"mode" is unknown; choose auth or response/],
  ]
  it.each(bad)('%s: one clear line', async (_, text, words) => {
    const error = await resolveTarget(text).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toMatch(words)
    expect(error.message).not.toMatch(/\n|sekret/)
  })

  it.each([
    ['http://localhost:3000/mcp', 'http://localhost:3000/mcp'],
    ['HTTPS://A.example', 'https://a.example/'],
    ['https://a.example/mcp?tenant=1#part', 'https://a.example/mcp?tenant=1'],
    ['http://[::1]:3000/mcp', 'http://[::1]:3000/mcp'],
  ])('%s', async (text, url) => expect(await resolveTarget(text)).toMatchObject({ url, options: {} }))

  it('the server inside comes with its tokens and safe tools, and can be let go of', async () => {
    const target = await resolveTarget('reference:stateful?auth=oauth')
    try {
      expect(target.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/)
      expect(target.name).toBe('reference:stateful?auth=oauth')
      const { token, secondToken, badTokens, tools } = target.options
      expect(Object.keys(badTokens!).sort()).toEqual(['expired', 'insufficient-scope', 'wrong-audience'])
      expect(new Set([token, secondToken, ...Object.values(badTokens!)]).size).toBe(5)
      expect(tools!.length).toBeGreaterThan(0)
    } finally {
      await target.close()
    }
    await expect(fetch(target.url)).rejects.toThrow()
  })
})

it.each([
  ['reference:', { mode: 'stateful', auth: 'none' }],
  ['reference:sse', { mode: 'sse', auth: 'none' }],
  ['reference:modern', { mode: 'modern', auth: 'none' }],
  ['reference:dual?response=json', { mode: 'dual', auth: 'none', response: 'json' }],
  ['reference:stateless?auth=apikey&response=json', { mode: 'stateless', auth: 'apikey', response: 'json' }],
  ['reference:stateful?auth=', { mode: 'stateful', auth: 'none' }],
])('parseReference %s', (text, options) => expect(parseReference(text)).toEqual(options))
