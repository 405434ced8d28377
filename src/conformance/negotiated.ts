import type { Revision } from '../protocol/revisions.js'
import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import type { Client } from './client.js'
import { assume, expectResult } from './expect.js'
import { type Fault, json } from './fault.js'
import { promptArguments } from './survey.js'

const methodsSince: Record<string, Revision> = {
  'elicitation/create': '2025-06-18',
  'notifications/elicitation/complete': '2025-11-25',
  'notifications/tasks/status': '2025-11-25',
  'tasks/get': '2025-11-25',
  'tasks/result': '2025-11-25',
  'tasks/list': '2025-11-25',
  'tasks/cancel': '2025-11-25',
}

const blocksSince: Record<string, Revision> = { audio: '2025-03-26', resource_link: '2025-06-18' }

/** In sessions of this revision and later ones nothing is newer than what they speak. */
const newestConstruct: Revision = '2025-11-25'

/**
 * What the server showed a session that only later revisions know, as far as the older schema leaves no room for it: methods, types
 * of content, task results. Additional members of objects are allowed by every schema and are not looked at.
 */
export function newerConstructs(session: Session): string[] {
  const found = new Set<string>()
  const known = revisionTold(session)
  const note = (what: string, since: Revision | undefined) => {
    if (since !== undefined && since > known) found.add(`${what} (since ${since})`)
  }
  for (const { message } of session.received) {
    if (!isObject(message)) continue
    if (typeof message.method === 'string') note(message.method, methodsSince[message.method])
    // Without the form that older schemas require there is nothing an older client could show.
    if (message.method === 'elicitation/create' && message.params?.mode === 'url')
      note('an elicitation of mode url', '2025-11-25')
    if (!isObject(message.result)) continue
    for (const type of blockTypes(message.result)) note(`content of type ${type}`, blocksSince[type])
    if (isObject(message.result.task) && typeof message.result.task.taskId === 'string')
      note('a task in place of a result', '2025-11-25')
  }
  return [...found]
}

/**
 * What the server can know of the revision: where no session holds what was agreed and no header repeats it, it is to assume 2025-03-26.
 * Spec: 2025-11-25/basic/transports#protocol-version-header.
 */
function revisionTold({ transport, id, revision }: Session): Revision {
  const forgotten = transport === 'streamable-http' && id === undefined && revision < '2025-03-26'
  return forgotten ? '2025-03-26' : revision
}

/** A result without content of types that only later revisions know: checks of their own judge what older clients are shown of those. */
export function withoutNewerBlocks(result: Record<string, any>, revision: Revision): Record<string, any> {
  const fits = (block: unknown) => !(isObject(block) && (blocksSince[String(block.type)] ?? '') > revision)
  const { content, messages } = result
  return {
    ...result,
    ...(Array.isArray(content) ? { content: content.filter(fits) } : {}),
    ...(Array.isArray(messages) ? { messages: messages.filter((message) => fits(message?.content)) } : {}),
  }
}

function blockTypes(result: Record<string, any>): string[] {
  const blocks: unknown[] = Array.isArray(result.content) ? [...result.content] : []
  if (Array.isArray(result.messages)) blocks.push(...result.messages.filter(isObject).map((message) => message.content))
  return blocks.filter(isObject).map((block) => String(block.type))
}

/** Opens a session at each of the server's revisions within the span and walks through what could show newer constructs, where there are any. */
export async function toursWithin(client: Client, first: Revision, last: Revision): Promise<Session[]> {
  const spoken = client.facts.revisions.filter(
    (revision) => revision >= first && revision <= last && revision < newestConstruct,
  )
  return Promise.all(
    spoken.map(async (revision) => {
      // Who takes elicitations is sent what the server would send: none before 2025-06-18, where they are newer themselves.
      const capabilities = revision < methodsSince['elicitation/create']! ? {} : { elicitation: {} }
      const session = await client.open({ revision, capabilities })
      assume(
        session.opening.response?.result?.protocolVersion === revision,
        `initialize agrees to ${revision} once more`,
        session.opening,
      )
      if (client.facts.getStream) await session.get()
      await Promise.all([
        ...client.tools.map((tool) => session.request('tools/call', { ...tool })),
        promptTour(client, session),
      ])
      return session
    }),
  )
}

async function promptTour(client: Client, session: Session): Promise<Reply[]> {
  if (!client.facts.capabilities.prompts) return []
  const prompts: unknown = (await session.request('prompts/list')).response?.result?.prompts
  const usable = Array.isArray(prompts) ? prompts.filter(isObject).slice(0, 5) : []
  return Promise.all(
    usable.map((prompt) => session.request('prompts/get', { name: prompt.name, arguments: promptArguments(prompt) })),
  )
}

/** The rule that every version the server agreed to then works: sessions of all revisions within the span, open side by side, each used after the last was opened. */
export async function usesAgreedVersions(client: Client, first: Revision, last: Revision): Promise<void> {
  const spoken = client.facts.revisions.filter((revision) => revision >= first && revision <= last)
  const sessions = await Promise.all(spoken.map((revision) => client.open({ revision })))
  for (const [index, session] of sessions.entries()) {
    const revision = spoken[index]!
    assume(
      session.opening.response?.result?.protocolVersion === revision,
      `initialize agrees to ${revision} once more`,
      session.opening,
    )
    for (const method of ['ping', ...(client.facts.capabilities.tools ? ['tools/list'] : [])])
      expectResult(await session.request(method), `${method} in a session that settled on ${revision}`)
  }
}

/** A fault: the server refuses requests of sessions that settled on `revision` (told by the header, its absence, or on HTTP+SSE by the session). */
export function refusesAt(revision: Revision): Fault {
  const settled = new Map<string, unknown>()
  return {
    request(request) {
      const { message, headers, url } = request
      if (message?.method === 'initialize') settled.set(url, message.params.protocolVersion)
      if (message?.method !== 'ping') return undefined
      const spoken = url.includes('?') ? settled.get(url) : (headers['mcp-protocol-version'] ?? '2025-03-26')
      return spoken === revision
        ? json(400, { jsonrpc: '2.0', id: message.id, error: { code: -32600, message: 'unsupported version' } })
        : undefined
    },
  }
}
