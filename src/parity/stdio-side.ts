import { handshakeRevisions, modernRevisions, newestHandshake, newestModern } from '../protocol/revisions.js'
import { isObject } from '../wire/jsonrpc.js'
import { requestMeta } from '../wire/modern.js'
import { clientInfo } from '../wire/session.js'
import { type Answer, type Side, SideMissing, waits } from './side.js'
import { type StdioAnswer, StdioPeer } from './stdio.js'
import type { StdioCommand } from './stdio-process.js'

/** The STDIO form, with what is seen of the process alone. */
export interface StdioSide extends Side {
  peer: StdioPeer
}

/** Starts a STDIO server and shakes hands, or, where it knows no handshake, goes on without. Throws SideMissing where neither works. */
export async function openStdio(command: StdioCommand, shown: string): Promise<StdioSide> {
  const peer = new StdioPeer(command)
  const others = revisionsOf(command)
  const opening = await initialize(peer, newestHandshake)
  const modern = resultOf(opening) ? undefined : await discover(peer)
  const hello = resultOf(opening) ?? modern
  const revisions = await others
  if (!hello) {
    await peer.end()
    throw new SideMissing(`The STDIO server "${shown}" gave no handshake: ${reasonOf(opening)}.${lastWords(peer)}`)
  }
  if (!modern) peer.notify('notifications/initialized')
  const { protocolVersion, capabilities, serverInfo, instructions } = hello
  return {
    peer,
    revision: modern ? newestModern : String(protocolVersion),
    modern: modern !== undefined,
    hello: { capabilities: isObject(capabilities) ? capabilities : {}, serverInfo, instructions },
    revisions,
    received: peer.received,
    settleMs: 100,
    ask: async (method, params) =>
      answerOf(
        await peer.request(
          method,
          modern ? { ...params, _meta: { ...requestMeta(newestModern), ...metaOf(params) } } : params,
          waits.other,
        ),
      ),
    close: async () => void (await peer.end()),
  }
}

/**
 * Every revision a server serves, oldest first: asked of a process of its own, since a server may take one handshake only; where it does, of
 * another one for each.
 */
async function revisionsOf(command: StdioCommand): Promise<string[]> {
  let peer = new StdioPeer(command)
  const versions = (await discover(peer, waits.first))?.supportedVersions
  const found: string[] = []
  for (const revision of handshakeRevisions) {
    let hello = await initialize(peer, revision)
    if (!resultOf(hello)) {
      await peer.end()
      peer = new StdioPeer(command)
      hello = await initialize(peer, revision)
    }
    if ('none' in hello) break
    if (resultOf(hello)?.protocolVersion === revision) found.push(revision)
  }
  await peer.end()
  return [...found, ...modernRevisions.filter((one) => Array.isArray(versions) && versions.includes(one))]
}

function initialize(peer: StdioPeer, offer: string): Promise<StdioAnswer> {
  return peer.request('initialize', { protocolVersion: offer, capabilities: {}, clientInfo }, waits.first)
}

async function discover(peer: StdioPeer, ms = waits.other): Promise<Record<string, any> | undefined> {
  const answer = await peer.request('server/discover', { _meta: requestMeta(newestModern) }, ms)
  const result = resultOf(answer)
  return result && Array.isArray(result.supportedVersions) ? result : undefined
}

function resultOf(answer: StdioAnswer): Record<string, any> | undefined {
  return 'message' in answer && isObject(answer.message.result) ? answer.message.result : undefined
}

function answerOf(answer: StdioAnswer): Answer {
  if ('none' in answer) return answer
  return answer.message.error === undefined ? { result: answer.message.result } : { error: answer.message.error }
}

function reasonOf(answer: StdioAnswer): string {
  return 'none' in answer ? answer.none : JSON.stringify(answer.message.error ?? answer.message.result).slice(0, 300)
}

/** What helps to see why: the first lines of stderr, or of what stood on stdout. */
function lastWords({ stderr, stray }: StdioPeer): string {
  const said = [...stderr.examples, ...stray.examples]
  return said.length > 0 ? ` It printed: ${said.join(' | ').slice(0, 600)}` : ''
}

function metaOf(params: Record<string, unknown> | undefined): Record<string, unknown> {
  return isObject(params?._meta) ? params._meta : {}
}
