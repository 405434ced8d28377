import { isRevision, newestModern } from '../protocol/revisions.js'
import { detect } from '../wire/detect.js'
import type { Facts } from '../wire/facts.js'
import { isObject } from '../wire/jsonrpc.js'
import { openSession } from '../wire/open.js'
import type { Peer } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import { type Answer, type Side, SideMissing } from './side.js'

/** What is known of the remote form before the two are compared. */
export interface Remote {
  handshake?: Facts
  modern?: Facts
  revisions: string[]
}

/** Finds out how the remote form is spoken to. Throws SideMissing with the reason where it cannot be. */
export async function lookAt(peer: Peer): Promise<Remote> {
  const { facts, modern, obstacle } = await detect(peer)
  if (obstacle || (!facts && !modern)) throw new SideMissing(obstacle?.message ?? `${peer.url} is no MCP server`)
  const revisions = [...(facts?.revisions ?? []), ...(modern?.revisions ?? [])]
  return { ...(facts ? { handshake: facts } : {}), ...(modern ? { modern } : {}), revisions }
}

/** Connects to the remote form in the revision that the original speaks, where it can; else in its own newest. */
export async function openRemote(
  peer: Peer,
  remote: Remote,
  like: { revision: string; modern: boolean },
): Promise<Side> {
  const facts = (like.modern ? (remote.modern ?? remote.handshake) : (remote.handshake ?? remote.modern))!
  const newest = facts.modern ? newestModern : facts.revisions.at(-1)!
  const wanted = facts.revisions.find((one) => one === like.revision) ?? newest
  const session = await openSession(peer, facts.transport, wanted)
  const opening = session.opening.response?.result
  if (!isObject(opening))
    throw new SideMissing(`${peer.url} gave no handshake the second time: ${reasonOf(session.opening)}`)
  const stream = facts.getStream ? await session.get() : undefined
  const said = facts.modern ? facts : opening
  return {
    revision: isRevision(opening.protocolVersion) ? opening.protocolVersion : session.revision,
    modern: facts.modern !== undefined,
    hello: {
      capabilities: isObject(said.capabilities) ? said.capabilities : {},
      serverInfo: said.serverInfo,
      instructions: said.instructions,
    },
    revisions: remote.revisions,
    get received() {
      return session.received
        .map(({ message }) => message)
        .filter((message) => isObject(message) && 'method' in message)
    },
    settleMs: stream || facts.transport === 'http+sse' ? 150 : 0,
    ask: (method, params) => ask(session, method, params),
    async close() {
      stream?.close()
      await session.close()
    },
  }
}

async function ask(session: Session, method: string, params?: Record<string, unknown>): Promise<Answer> {
  const reply = await session.request(method, params)
  const { response } = reply
  if (!response) return { none: reasonOf(reply) }
  return response.error === undefined ? { result: response.result } : { error: response.error }
}

function reasonOf(reply: Reply): string {
  if (reply.error) return reply.error.message
  if (reply.ended === 'timeout') return 'no answer in time'
  const text = reply.text.replace(/\s+/g, ' ').slice(0, 120)
  return `HTTP ${reply.status} without a JSON-RPC answer${text ? `: ${text}` : ''}`
}
