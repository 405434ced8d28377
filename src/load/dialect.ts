import type { HeaderList } from '../wire/headers.js'
import { requestMeta } from '../wire/modern.js'
import { clientInfo } from '../wire/session.js'
import type { LoadPlan, MeasuredRequest } from './plan.js'
import { CallBytes, canaryMark, requestBytes } from './request.js'

/** A session as its requests see it; without an id in a server that issues none. */
export interface Session {
  id?: string
}

/** How an event stream is asked for; with a body by POST, else by GET. */
export interface Listening {
  headers: HeaderList
  body?: object
}

/** How a client introduces itself. */
export interface Greeting {
  /** `initialize`, outside any session. */
  opening(): CallBytes
  /** `notifications/initialized`. */
  opened(session: Session): Buffer
}

/** What is said in one mode. A mode without sessions or handshake leaves out what it has not. */
export interface Dialect {
  /** True when clients open with a handshake whose outcome their later requests need. */
  readonly handshake: boolean
  /** What a client that comes for one request says first; undefined where it may ask at once. */
  readonly greeting: Greeting | undefined
  /** What opens an event stream; streams are counted from 0, over all threads. */
  listening(session: Session, stream: number): Listening
  /** A measured request. */
  call(request: MeasuredRequest, session: Session): CallBytes
  /** DELETE; undefined where there is nothing to end. */
  ending(session: Session): Buffer | undefined
}

/** The dialect of a plan's mode. */
export function dialectOf(plan: LoadPlan): Dialect {
  return plan.mode === 'modern' ? withoutHandshake(plan) : withHandshake(plan)
}

/** Revisions up to 2025-11-25 over Streamable HTTP, with or without sessions. */
function withHandshake(plan: LoadPlan): Dialect {
  const url = new URL(plan.url)
  const within = (session: Session): HeaderList => [
    ...plan.headers,
    ...(session.id === undefined ? [] : [['Mcp-Session-Id', session.id] as [string, string]]),
    ...(plan.revision >= '2025-06-18' ? [['MCP-Protocol-Version', plan.revision] as [string, string]] : []),
  ]
  const hello = { protocolVersion: plan.revision, capabilities: {}, clientInfo }
  return {
    handshake: plan.mode === 'stateful',
    greeting: {
      opening: () => new CallBytes(url, plan.headers, 'initialize', hello),
      opened: (session) =>
        requestBytes('POST', url, within(session), { jsonrpc: '2.0', method: 'notifications/initialized' }),
    },
    listening: (session) => ({ headers: within(session) }),
    call: ({ method, params }, session) => new CallBytes(url, within(session), method, params && marked(params)),
    ending: (session) => (session.id === undefined ? undefined : requestBytes('DELETE', url, within(session))),
  }
}

/** What subscriptions ask to hear of: whatever any server may tell. */
const notifications = { toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true }

/** Revision 2026-07-28: every request stands for itself. Spec: 2026-07-28/basic/index#meta, 2026-07-28/basic/patterns/subscriptions. */
function withoutHandshake(plan: LoadPlan): Dialect {
  const url = new URL(plan.url)
  const _meta = requestMeta(plan.revision)
  const said = (method: string): HeaderList => [
    ['MCP-Protocol-Version', plan.revision],
    ['Mcp-Method', method],
  ]
  return {
    handshake: false,
    greeting: undefined,
    listening: (_, stream) => ({
      headers: [...plan.headers, ...said('subscriptions/listen')],
      // Ids of the calls begin far above.
      body: { jsonrpc: '2.0', id: stream + 1, method: 'subscriptions/listen', params: { notifications, _meta } },
    }),
    call: ({ method, params, headers = said(method) }) =>
      new CallBytes(url, plan.headers, method, { ...(params && marked(params)), _meta }, marked(headers)),
    ending: () => undefined,
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
