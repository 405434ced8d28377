import type { HeaderList } from '../wire/headers.js'
import { clientInfo } from '../wire/session.js'
import type { LoadPlan, MeasuredRequest } from './plan.js'
import { CallBytes, canaryMark, requestBytes } from './request.js'

/** A session as its requests see it; without an id in a server that issues none. */
export interface Session {
  id?: string
}

/** What is said in one mode. A mode without sessions or handshake leaves out what it has not. */
export interface Dialect {
  /** True when clients open with a handshake whose outcome their later requests need. */
  readonly handshake: boolean
  /** True when a client that comes for one request opens with a handshake. */
  readonly greeting: boolean
  /** The headers of everything that is sent within a session. */
  headers(session: Session): HeaderList
  /** `initialize`, outside any session. */
  opening(): CallBytes
  /** `notifications/initialized`. */
  opened(session: Session): Buffer
  /** A measured request. */
  call(request: MeasuredRequest, session: Session): CallBytes
  /** DELETE; undefined where there is nothing to end. */
  ending(session: Session): Buffer | undefined
}

/** The dialect of a plan's mode: revisions up to 2025-11-25 over Streamable HTTP, with or without sessions. */
export function dialectOf(plan: LoadPlan): Dialect {
  const url = new URL(plan.url)
  const within = (session: Session): HeaderList => [
    ...plan.headers,
    ...(session.id === undefined ? [] : [['Mcp-Session-Id', session.id] as [string, string]]),
    ...(plan.revision >= '2025-06-18' ? [['MCP-Protocol-Version', plan.revision] as [string, string]] : []),
  ]
  const hello = { protocolVersion: plan.revision, capabilities: {}, clientInfo }
  return {
    handshake: plan.mode === 'stateful',
    greeting: true,
    headers: within,
    opening: () => new CallBytes(url, plan.headers, 'initialize', hello),
    opened: (session) =>
      requestBytes('POST', url, within(session), { jsonrpc: '2.0', method: 'notifications/initialized' }),
    call: ({ method, params }, session) => new CallBytes(url, within(session), method, params && marked(params)),
    ending: (session) => (session.id === undefined ? undefined : requestBytes('DELETE', url, within(session))),
  }
}

/** Puts the mark that requests replace by their own canary where `{canary}` stands. */
function marked<Value>(value: Value): Value {
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return one.replaceAll('{canary}', canaryMark)
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, walk(member)]))
  }
  return walk(value) as Value
}
