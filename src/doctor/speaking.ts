import { detect } from '../wire/detect.js'
import type { Facts } from '../wire/facts.js'
import { isObject, nextId, request } from '../wire/jsonrpc.js'
import { openSession } from '../wire/open.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import { broken, type Finding, holds, remedyAt, type StepDefinition, type Trip, words } from './trip.js'

/** Both eras are tried; one that works is enough. */
export const handshake: StepDefinition = {
  id: 'handshake',
  title: 'Handshake',
  async look(trip) {
    const remedy = remedyAt('handshake', trip, trip.hello!)
    const detection = await detect(trip.peer, 'auto')
    trip.detection = detection
    const old = detection.facts && !detection.obstacle ? detection.facts : undefined
    const eras = [
      old ? `with initialize: ${old.revisions.join(', ')}` : 'no initialize',
      detection.modern ? `without: ${detection.modern.revisions.join(', ')}` : 'no 2026-07-28',
    ]
    if (old || detection.modern) return holds(eras.join('; '), strange(old))
    const { message, remedy: known } = detection.obstacle!
    const cause = {
      layer: 'your code' as const,
      cause: 'The first message gets no answer that MCP knows',
      fix: "Look into the server's log for the request below.",
    }
    return broken(known || remedy ? words(trip.hello!) : message, known ?? remedy ?? cause)
  },
}

function strange(facts: Facts | undefined): string[] {
  const only = facts && facts.revisions.length === 1 ? facts.revisions[0] : undefined
  return only ? [`The server agrees to ${only} alone: clients of other revisions have to follow.`] : []
}

const lists = { tools: 'tools/list', resources: 'resources/list', prompts: 'prompts/list' } as const

/** What the server declares can be listed. */
export const list: StepDefinition = {
  id: 'list',
  title: 'List',
  async look(trip) {
    const { session, facts } = await speaking(trip)
    try {
      const kind = (Object.keys(lists) as (keyof typeof lists)[]).find((one) => facts.capabilities[one])
      if (!kind) return holds('the server declares no tools, resources or prompts')
      const reply = await session.request(lists[kind])
      const entries: unknown = reply.response?.result?.[kind]
      if (!Array.isArray(entries)) return failed(trip, `${lists[kind]}: ${words(reply)}`, reply, session)
      const odd = kind === 'tools' ? entries.filter((tool) => tool?.inputSchema?.type !== 'object') : []
      const names = odd.map((tool) => tool?.name).join(', ')
      return holds(
        `${lists[kind]} gives ${entries.length}`,
        odd.length > 0
          ? [
              `The input schema of ${names} is no object: some clients then drop all tools of the server. Give it type: "object" at its root.`,
            ]
          : [],
      )
    } finally {
      await session.close()
    }
  },
}

/** A call is answered: that of the tool named, or of one that does not exist, which must be refused as MCP refuses. */
export const call: StepDefinition = {
  id: 'call',
  title: 'Call',
  async look(trip) {
    const { canary } = trip
    const { session } = await speaking(trip)
    const tool = trip.tools[0] ?? { name: canary, arguments: {} }
    try {
      const reply = await session.request('tools/call', { name: tool.name, arguments: tool.arguments })
      if (!reply.response || reply.status >= 500) return failed(trip, `tools/call: ${words(reply)}`, reply, session)
      const error = reply.response.error ?? (reply.response.result?.isError ? reply.response.result : undefined)
      const ended = error ? 'refused' : 'answered'
      if (tool.name !== canary && error)
        return holds(`${tool.name} answers with an error`, [
          `It says: ${JSON.stringify(error).slice(0, 200)}. Check the arguments of --tool.`,
        ])
      const notes = [
        ...(await largeCall(session, canary)),
        ...encodingNote(reply),
        ...(trip.probeWaf ? await formRules(session, canary) : []),
      ]
      return holds(
        tool.name === canary ? `a tool that does not exist is ${ended} as MCP does` : `${tool.name} is ${ended}`,
        notes,
      )
    } finally {
      await session.close()
    }
  },
}

function failed(trip: Trip, found: string, reply: Reply, session: Session): Finding {
  const remedy = (['call', 'handshake', 'path'] as const)
    .map((step) => remedyAt(step, trip, reply, session.id))
    .find((one) => one !== undefined)
  const limited = {
    layer: 'your code' as const,
    cause: 'The server, or what stands before it, limits the rate of requests and refuses single ones too',
    fix: `Raise the limit for this client, or wait${reply.header('retry-after') ? ` as Retry-After says (${reply.header('retry-after')})` : ''} and ask again.`,
  }
  if (reply.status === 429) return broken(found, limited)
  const own = {
    layer: 'your code' as const,
    cause: 'The handshake works and the request after it does not',
    fix: "Look into the server's log for this request.",
  }
  return broken(found, remedy ?? own)
}

async function speaking({ peer, detection }: Trip): Promise<{ session: Session; facts: Facts }> {
  const facts = (detection!.facts && !detection!.obstacle ? detection!.facts : detection!.modern)!
  return { session: await openSession(peer, facts.transport, facts.revisions.at(-1)!), facts }
}

/** The size of a large call: more than the 100 kB at which Express stops, less than proxies take. */
const largeBytes = 150_000

async function largeCall(session: Session, name: string): Promise<string[]> {
  const reply = await session.request(
    'tools/call',
    { name, arguments: { padding: 'x'.repeat(largeBytes) } },
    { id: nextId() },
  )
  if (reply.status !== 413) return []
  return [
    `A call of ${largeBytes / 1000} kB is refused (HTTP 413). Raise the limit of the first body parser (express.json({ limit })) and of the proxy.`,
  ]
}

function encodingNote(reply: Reply): string[] {
  const encoding = reply.isStream ? reply.header('content-encoding') : undefined
  return encoding && encoding !== 'identity'
    ? [`Event streams come compressed (${encoding}), which holds small events back. Exempt text/event-stream.`]
    : []
}

async function formRules(session: Session, name: string): Promise<string[]> {
  const reply = await session.post(
    request('tools/call', {
      name,
      arguments: { query: "SELECT name FROM users WHERE id = 1 OR '1'='1'; -- <script>" },
    }),
  )
  if (isObject(reply.response) || reply.status < 400) return []
  return [
    `A call whose argument reads like SQL is refused (HTTP ${reply.status} ${reply.type}): a WAF judges the bodies. Exempt the MCP path from its body rules.`,
  ]
}
