import { describe, expect, it } from 'vitest'
import { factsOf, givenOf } from '../../test/support/conformance.js'
import type { Facts } from '../wire/facts.js'
import type { Given } from './given.js'
import { isLoopback, type Need, unmet } from './needs.js'

interface Row {
  need: Need
  /** Facts and gifts that meet the need, and those that do not. */
  met: [Partial<Facts>, Partial<Given>?]
  not: [Partial<Facts>, Partial<Given>?]
  status?: 'not-testable'
  words: RegExp
}

const auth = (changes: Partial<Facts['auth']>): Partial<Facts> => ({
  auth: { required: true, open: false, ...changes },
})
const credential = { header: 'authorization', scheme: 'Bearer', token: 'abcd' }
const modern = { discover: true, supportedVersions: ['2026-07-28'], headerTools: [] }
const mirroring = { ...modern, headerTools: ['sql'] }
const rows: Row[] = [
  { need: 'streamable', met: [{}], not: [{ transport: 'http+sse' }], words: /HTTP\+SSE, not Streamable/ },
  { need: 'legacy-sse', met: [{ transport: 'http+sse' }], not: [{}], words: /Streamable HTTP, not HTTP\+SSE/ },
  { need: 'session', met: [{}], not: [{ sessions: false }], words: /no session id/ },
  { need: 'no-session', met: [{ sessions: false }], not: [{}], words: /keeps sessions/ },
  {
    need: 'no-session',
    met: [{ sessions: false }],
    not: [{ sessions: false, transport: 'http+sse' }],
    words: /keeps sessions/,
  },
  { need: 'get-stream', met: [{ getStream: true }], not: [{}], words: /GET opens no event stream/ },
  { need: 'sse-answers', met: [{ answers: 'sse' }], not: [{}], words: /not answered with event streams/ },
  {
    need: 'sse-answers',
    met: [{ answers: 'sse' }],
    not: [{ answers: 'sse', transport: 'http+sse' }],
    words: /event streams/,
  },
  { need: 'json-answers', met: [{}], not: [{ answers: 'sse' }], words: /not answered with JSON/ },
  { need: 'loopback', met: [{}], not: [{ url: 'https://a.example/mcp' }], words: /not on this machine/ },
  {
    need: 'tool',
    met: [{}, { tools: [{ name: 'a', arguments: {} }] }],
    not: [{}],
    status: 'not-testable',
    words: /--tool/,
  },
  { need: 'modern', met: [{ modern }], not: [{}], words: /does not speak 2026-07-28/ },
  {
    need: 'modern-only',
    met: [{ modern }],
    not: [{ modern, otherEra: ['2025-11-25'] }],
    words: /clients with a handshake as well/,
  },
  {
    need: 'subscriptions',
    met: [{ modern, capabilities: { resources: { subscribe: true } } }],
    not: [{ modern, capabilities: { tools: {}, resources: { listChanged: false } } }],
    words: /nothing that one could subscribe to/,
  },
  {
    need: 'x-mcp-header',
    met: [{ modern: mirroring }, { tools: [{ name: 'sql', arguments: {} }] }],
    not: [{ modern }, { tools: [{ name: 'sql', arguments: {} }] }],
    words: /no listed tool mirrors/,
  },
  {
    need: 'x-mcp-header',
    met: [{ modern: mirroring }, { tools: [{ name: 'sql', arguments: {} }] }],
    not: [{ modern: mirroring }, { tools: [{ name: 'other', arguments: {} }] }],
    status: 'not-testable',
    words: /--tool 'sql=/,
  },
  { need: 'auth', met: [auth({})], not: [{}], words: /asks for no credentials/ },
  {
    need: 'oauth',
    met: [auth({ challenge: 'Bearer resource_metadata="https://a"' })],
    not: [auth({ challenge: 'Bearer' })],
    words: /OAuth/,
  },
  { need: 'oauth', met: [auth({ metadata: { url: '', document: {} } })], not: [auth({})], words: /OAuth/ },
  { need: 'oauth', met: [auth({}), { jwt: true }], not: [auth({})], words: /OAuth/ },
  { need: 'oauth', met: [auth({}), { bad: { expired: 'x' } }], not: [auth({})], words: /OAuth/ },
  { need: 'credentials', met: [{}, { credential }], not: [{}], status: 'not-testable', words: /--token-env/ },
  {
    need: 'second-token',
    met: [{}, { second: credential }],
    not: [{}, { credential }],
    status: 'not-testable',
    words: /--second-token-env/,
  },
  {
    need: 'expired-token',
    met: [{}, { bad: { expired: 'x' } }],
    not: [{}, { bad: { 'wrong-audience': 'x' } }],
    status: 'not-testable',
    words: /--bad-token-env expired=NAME/,
  },
  {
    need: 'wrong-audience-token',
    met: [{}, { bad: { 'wrong-audience': 'x' } }],
    not: [{}],
    status: 'not-testable',
    words: /wrong-audience=NAME/,
  },
  {
    need: 'insufficient-scope-token',
    met: [{}, { bad: { 'insufficient-scope': 'x' } }],
    not: [{}],
    status: 'not-testable',
    words: /insufficient-scope=NAME/,
  },
  {
    need: 'capability:tools',
    met: [{ capabilities: { tools: {} } }],
    not: [{}],
    words: /does not declare the capability tools/,
  },
  {
    need: 'capability:resources.subscribe',
    met: [{ capabilities: { resources: { subscribe: true } } }],
    not: [{ capabilities: { resources: { subscribe: false } } }],
    words: /resources\.subscribe/,
  },
  {
    need: 'capability:a.b.c',
    met: [{ capabilities: { a: { b: { c: 0 } } } }],
    not: [{ capabilities: { a: null } }],
    words: /a\.b\.c/,
  },
]

describe('unmet', () => {
  it.each(rows)('$need: $words', ({ need, met, not, status = 'not-applicable', words }) => {
    expect(unmet([need], factsOf(met[0]), givenOf(met[1]))).toBeUndefined()
    const missing = unmet([need], factsOf(not[0]), givenOf(not[1]))
    expect(missing?.status).toBe(status)
    expect(missing?.message).toMatch(words)
  })

  it('names the first need that is not met', () => {
    expect(unmet(['streamable', 'tool', 'auth'], factsOf(), givenOf())?.message).toMatch(/--tool/)
    expect(unmet([], factsOf(), givenOf())).toBeUndefined()
  })
})

it.each([
  ['http://localhost:3000/', true],
  ['http://LOCALHOST/', true],
  ['http://a.localhost/', true],
  ['http://127.0.0.1/', true],
  ['http://127.1.2.3/', true],
  ['http://[::1]:80/', true],
  ['http://0x7f.1/', true],
  ['http://127.0.0.1.example/', false],
  ['http://127.example.com/', false],
  ['http://localhost.example/', false],
  ['http://10.0.0.1/', false],
])('%s is on this machine: %s', (url, expected) => expect(isLoopback(url)).toBe(expected))
