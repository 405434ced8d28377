import type { Need } from '../../src/conformance/needs.js'

/** What a need means in words, and the option that meets it where it is the user's to meet. */
const words: Record<string, [text: string, option?: string]> = {
  streamable: ['Streamable HTTP'],
  modern: ['revision 2026-07-28'],
  'modern-only': ['2026-07-28 alone: no clients with a handshake'],
  subscriptions: ['something that can be subscribed to'],
  'x-mcp-header': ['a tool that mirrors parameters into headers', `--tool 'name={"argument":"value"}'`],
  'legacy-sse': ['HTTP+SSE'],
  session: ['a server that issues session ids'],
  'no-session': ['a server without sessions'],
  'get-stream': ['an event stream by GET'],
  'sse-answers': ['answers as event streams'],
  'json-answers': ['answers as JSON'],
  loopback: ['a server on this machine'],
  tool: ['a tool that is safe to call', `--tool 'name={"argument":"value"}'`],
  auth: ['a server that asks for credentials'],
  oauth: ['a server that uses OAuth'],
  credentials: ['a good token', '--token-env NAME'],
  'second-token': ["another user's token", '--second-token-env NAME'],
  'expired-token': ['an expired token', '--bad-token-env expired=NAME'],
  'wrong-audience-token': ['a token for another audience', '--bad-token-env wrong-audience=NAME'],
  'insufficient-scope-token': ['a token with too little scope', '--bad-token-env insufficient-scope=NAME'],
}

/** A need in words. Throws for one that has none yet. */
export function needWords(need: Need): string {
  if (need.startsWith('capability:')) return `the capability \`${need.slice(11)}\``
  const known = words[need]
  if (!known) throw new Error(`test/pages/needs.ts has no words for the need "${need}"`)
  return known[0]
}

/** The options that make a check testable. */
export function optionsFor(needs: readonly Need[]): string[] {
  return [...new Set(needs.flatMap((need) => words[need]?.[1] ?? []))]
}
