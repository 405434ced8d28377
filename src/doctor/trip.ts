import type { NamedTool } from '../conformance/given.js'
import type { Remedy, StepId } from '../protocol/fingerprints/index.js'
import { recognise, remedyOf } from '../protocol/fingerprints/index.js'
import { newestHandshake } from '../protocol/revisions.js'
import type { Step, StepState } from '../report/diagnosis.js'
import type { Detection } from '../wire/detect.js'
import type { Account } from '../wire/exchange.js'
import type { HeaderChanges } from '../wire/headers.js'
import { changeHeaders } from '../wire/headers.js'
import { request } from '../wire/jsonrpc.js'
import { type Identity, identityHeaders, type Peer, send } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import { clientInfo } from '../wire/session.js'

/** What is known on the way through the steps: later steps look at what earlier ones have found. */
export interface Trip {
  peer: Peer
  url: URL
  env: Record<string, string | undefined>
  ca?: string
  tools: readonly NamedTool[]
  /** Sends what a firewall for web forms would take for an attack: only where the operator asked for it. */
  probeWaf: boolean
  /** A name that nothing on the server has. */
  canary: string
  /** The answer to the first initialize. */
  hello?: Reply
  /** The last exchange recorded, and that of the first initialize. */
  last?: Account
  first?: Account
  detection?: Detection
}

/** What a step has found. */
export interface Finding {
  state: Exclude<StepState, 'not-reached'>
  found: string
  notes?: string[]
  remedy?: Remedy
}

/** One step of the way: a function of what is known so far. */
export interface StepDefinition {
  id: StepId
  title: string
  look(trip: Trip): Promise<Finding>
}

/** A finding without trouble. */
export function holds(found: string, notes: string[] = []): Finding {
  return { state: 'holds', found, ...(notes.length > 0 ? { notes } : {}) }
}

/** A broken step, with whose it is and the fix. */
export function broken(found: string, remedy: Omit<Remedy, 'fingerprint' | 'link'> & Partial<Remedy>): Finding {
  const link = remedy.link ?? 'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'
  return { state: 'broken', found, remedy: { fingerprint: 'none', ...remedy, link } }
}

/** POSTs an initialize in no session, as the identity says and with headers changed as told. */
export async function hello(
  trip: Trip,
  changes: HeaderChanges = {},
  identity: Identity = 'own',
  url = trip.peer.url,
): Promise<Reply> {
  const base = identityHeaders(trip.peer, identity)
  const headers = changeHeaders(
    [['content-type', 'application/json'], ['accept', 'application/json, text/event-stream'], ...base],
    changes,
  )
  const params = { protocolVersion: newestHandshake, capabilities: {}, clientInfo }
  const reply = await send(trip.peer, {
    method: 'POST',
    url,
    headers,
    body: JSON.stringify(request('initialize', params)),
  })
  await reply.until((one) => one.response !== undefined, trip.peer.wire.waiting.timeoutMs)
  const session = reply.header('mcp-session-id')
  reply.close()
  if (session && reply.ok) await letGo(trip, url, session, base)
  return reply
}

async function letGo(trip: Trip, url: string, session: string, base: [string, string][]): Promise<void> {
  const reply = await send(trip.peer, { method: 'DELETE', url, headers: [['mcp-session-id', session], ...base] })
  reply.close()
}

/** The remedy of an answer, to initialize or to a request of a session, that bears a fingerprint of this step. */
export function remedyAt(step: StepId, trip: Trip, reply: Reply, session?: string): Remedy | undefined {
  const print = recognise({
    method: 'POST',
    url: trip.peer.url,
    sent: [
      ['accept', 'application/json, text/event-stream'],
      ...(session === undefined ? [] : [['mcp-session-id', session] as const]),
    ],
    sentBody: '{}',
    status: reply.status,
    headers: reply.headers,
    body: reply.text.slice(0, 8000),
  })
  return print?.step === step ? remedyOf(print) : undefined
}

/** An answer in a few words. */
export function words(reply: Reply): string {
  if (reply.status === 0) return `no answer (${reply.error?.message ?? reply.ended ?? 'nothing came'})`
  const text = reply.text.replace(/\s+/g, ' ').trim().slice(0, 120)
  return `HTTP ${reply.status}${text ? `: ${text}` : ', empty body'}`
}

/** A step as it stands in a Run. */
export function stepOf({ id, title }: StepDefinition, finding: Finding | undefined, ms: number): Step {
  return { id, title, ...(finding ?? { state: 'not-reached' }), ms }
}
