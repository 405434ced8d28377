import type { Facts } from '../wire/facts.js'
import type { Given } from './given.js'

/** What a check may need before it can run. */
export type Need =
  | 'streamable'
  | 'modern'
  | 'modern-only'
  | 'subscriptions'
  | 'x-mcp-header'
  | 'legacy-sse'
  | 'session'
  | 'no-session'
  | 'get-stream'
  | 'sse-answers'
  | 'json-answers'
  | 'loopback'
  | 'tool'
  | 'auth'
  | 'oauth'
  | 'credentials'
  | 'second-token'
  | `${BadToken}-token`
  | `capability:${string}`

/** Kinds of bad token an operator can hand over with --bad-token-env. */
export const badTokens = ['expired', 'wrong-audience', 'insufficient-scope'] as const

/** One kind of bad token. */
export type BadToken = (typeof badTokens)[number]

/** Why a need is not met: the server does not offer it, or we were not given what it takes. */
export interface Unmet {
  status: 'not-applicable' | 'not-testable'
  message: string
}

type Test = (facts: Facts, given: Given) => Unmet | undefined

const na = (message: string): Unmet => ({ status: 'not-applicable', message })
const nt = (message: string): Unmet => ({ status: 'not-testable', message })

const tests: Record<string, Test> = {
  streamable: (facts) =>
    facts.transport === 'streamable-http' ? undefined : na('the server speaks HTTP+SSE, not Streamable HTTP'),
  modern: (facts) => (facts.modern ? undefined : na('the server does not speak 2026-07-28')),
  'modern-only': (facts) =>
    facts.modern && !facts.otherEra ? undefined : na('the server serves clients with a handshake as well'),
  subscriptions: (facts) =>
    offersSubscriptions(facts) ? undefined : na('the server declares nothing that one could subscribe to'),
  'x-mcp-header': (facts, given) => {
    const mirroring = facts.modern?.headerTools ?? []
    if (mirroring.length === 0) return na('no listed tool mirrors a parameter into a header')
    if (given.tools.some((tool) => mirroring.includes(tool.name))) return undefined
    return nt(`name a tool that mirrors parameters into headers: --tool '${mirroring[0]}={"argument":"value"}'`)
  },
  'legacy-sse': (facts) =>
    facts.transport === 'http+sse' ? undefined : na('the server speaks Streamable HTTP, not HTTP+SSE'),
  session: (facts) => (facts.sessions ? undefined : na('the server issues no session id')),
  'no-session': (facts) =>
    facts.sessions || facts.transport === 'http+sse' ? na('the server keeps sessions') : undefined,
  'get-stream': (facts) => (facts.getStream ? undefined : na('GET opens no event stream on this server')),
  'sse-answers': (facts) =>
    facts.answers === 'sse' && facts.transport === 'streamable-http'
      ? undefined
      : na('requests are not answered with event streams'),
  'json-answers': (facts) =>
    facts.answers === 'json' && facts.transport === 'streamable-http'
      ? undefined
      : na('requests are not answered with JSON bodies'),
  loopback: (facts) => (isLoopback(facts.url) ? undefined : na('the server is not on this machine')),
  tool: (_facts, given) =>
    given.tools.length > 0 ? undefined : nt(`name a tool that is safe to call: --tool 'name={"argument":"value"}'`),
  auth: (facts) =>
    facts.auth.required ? undefined : na('no anonymous request was refused: the server asks for no credentials'),
  oauth: (facts, given) =>
    isOauth(facts, given)
      ? undefined
      : na('nothing shows that the server uses OAuth: no resource metadata, no token in JWT form'),
  credentials: (_facts, given) => (given.credential ? undefined : nt('pass a good token with --token-env NAME')),
  'second-token': (_facts, given) =>
    given.second ? undefined : nt("pass another user's token with --second-token-env NAME"),
}
for (const kind of badTokens)
  tests[`${kind}-token`] = (_facts, given) =>
    given.bad[kind] ? undefined : nt(`pass such a token with --bad-token-env ${kind}=NAME`)

/** The first need that is not met, or undefined when the check can run. */
export function unmet(needs: readonly Need[], facts: Facts, given: Given): Unmet | undefined {
  for (const need of needs) {
    const missing = need.startsWith('capability:')
      ? withoutCapability(need.slice(11), facts)
      : tests[need]!(facts, given)
    if (missing) return missing
  }
  return undefined
}

/** True for the addresses of this machine. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  )
}

function withoutCapability(path: string, facts: Facts): Unmet | undefined {
  let node: any = facts.capabilities
  for (const key of path.split('.')) node = node?.[key]
  return node === undefined || node === null || node === false
    ? na(`the server does not declare the capability ${path}`)
    : undefined
}

/** True for a server of 2026-07-28 that declares notifications one can ask for with subscriptions/listen. */
export function offersSubscriptions({ modern, capabilities }: Facts): boolean {
  const { tools, prompts, resources } = capabilities
  const flags = [tools?.listChanged, prompts?.listChanged, resources?.listChanged, resources?.subscribe]
  return modern !== undefined && flags.includes(true)
}

function isOauth(facts: Facts, given: Given): boolean {
  const { challenge, metadata } = facts.auth
  return (
    metadata !== undefined ||
    /resource_metadata/.test(challenge ?? '') ||
    given.jwt ||
    Object.keys(given.bad).length > 0
  )
}
