import { metaKey, modernCodes } from '../protocol/modern.js'
import { modernRevisions, newestModern } from '../protocol/revisions.js'
import { type AuthExpectation, detectAuth } from './detect-auth.js'
import type { Facts, ModernFacts } from './facts.js'
import { isEndless, isObject } from './jsonrpc.js'
import type { ModernSession } from './modern.js'
import type { Peer } from './peer.js'
import type { Reply } from './reply.js'
import { mirroredParameters } from './tool-headers.js'

/** True for an answer to server/discover that only a server of 2026-07-28 gives: some older ones answer anything with a result. */
export function isDiscovery(reply: Reply): boolean {
  const result = reply.response?.result
  if (!isObject(result)) return false
  return (
    Array.isArray(result.supportedVersions) || (isObject(result.capabilities) && typeof result.resultType === 'string')
  )
}

/** True for an error that a server of 2026-07-28 gives to a request: one of the codes of its own, or 404 for a method it lacks. */
export function isModernRefusal(reply: Reply): boolean {
  const code: unknown = reply.response?.error?.code
  const own: readonly unknown[] = Object.values(modernCodes)
  return own.includes(code) || (reply.status === 404 && code === -32601)
}

/** What is known of a server that answered server/discover, or of one that does not but serves lists as 2026-07-28 has them; undefined for any other. */
export async function modernFacts(
  peer: Peer,
  session: ModernSession,
  expectation: AuthExpectation,
): Promise<Facts | undefined> {
  const discovered = isDiscovery(session.opening)
  const lists = await Promise.all(offers.map(([method]) => session.request(method)))
  const served = lists.map(
    (reply) => isObject(reply.response?.result) && typeof reply.response.result.resultType === 'string',
  )
  if (!discovered && !served.includes(true)) return undefined
  const result = discovered ? session.opening.response!.result : {}
  if (saysItIsOlder(result, lists)) return undefined
  const guessed = Object.fromEntries(offers.filter((_, at) => served[at]).map(([, capability]) => [capability, {}]))
  const crowd = await Promise.all([1, 2, 3, 4].map(() => session.request('server/discover')))
  const alone = session.opening.at.response ?? 0
  const slowest = Math.max(...crowd.map((reply) => reply.at.response ?? 0))
  const versions: unknown[] = Array.isArray(result.supportedVersions) ? result.supportedVersions : []
  const claimed = versions.filter((version) => typeof version === 'string')
  const known = modernRevisions.filter((revision) => claimed.includes(revision))
  const serverInfo = result._meta?.[metaKey.serverInfo] ?? result.serverInfo
  return {
    url: peer.url,
    transport: 'streamable-http',
    revisions: known.length > 0 ? known : [newestModern],
    modern: {
      discover: discovered,
      supportedVersions: claimed,
      ...('ttlMs' in result ? { ttlMs: result.ttlMs } : {}),
      ...('cacheScope' in result ? { cacheScope: result.cacheScope } : {}),
      headerTools: await headerTools(session, lists[0]!),
    } satisfies ModernFacts,
    sessions: false,
    answers: (discovered ? session.opening : lists[served.indexOf(true)]!).isStream ? 'sse' : 'json',
    getStream: false,
    eventIds: false,
    handshakeMs: Math.max(alone, slowest / 4),
    strained: slowest > 500 && slowest > 2.5 * alone,
    waits: false,
    auth: await detectAuth(peer, session, expectation),
    capabilities: isObject(result.capabilities) ? result.capabilities : guessed,
    serverInfo: isObject(serverInfo) ? serverInfo : {},
    ...(typeof result.instructions === 'string' ? { instructions: result.instructions } : {}),
  }
}

/**
 * True where server/discover is answered, names older versions only, and every list is refused for its version: such a server tells clients
 * of 2026-07-28 to shake hands, and claims nothing of that revision.
 */
function saysItIsOlder(result: { supportedVersions?: unknown }, lists: readonly Reply[]): boolean {
  const named = result.supportedVersions
  if (!Array.isArray(named) || modernRevisions.some((revision) => named.includes(revision))) return false
  return lists.every((reply) => reply.response?.error?.code === modernCodes.unsupportedVersion)
}

/** Lists that show what a server offers, the tools first, and the capability each belongs to. */
const offers = [
  ['tools/list', 'tools'],
  ['resources/list', 'resources'],
  ['prompts/list', 'prompts'],
] as const

/** The most pages of tools that are looked through. */
const mostPages = 20

async function headerTools(session: ModernSession, first: Reply): Promise<string[]> {
  const names = new Set<string>()
  let result = first.response?.result
  for (let page = 0; page < mostPages && isObject(result); page++) {
    const tools: unknown[] = Array.isArray(result.tools) ? result.tools : []
    for (const tool of tools.filter(isObject))
      if (typeof tool.name === 'string' && mirroredParameters(tool.inputSchema).length > 0) names.add(tool.name)
    if (typeof result.nextCursor !== 'string' || isEndless(result.nextCursor)) break
    result = (await session.request('tools/list', { cursor: result.nextCursor })).response?.result
  }
  return [...names]
}
