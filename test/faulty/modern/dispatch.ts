import { makeCursor, readCursor } from '../content/pages.js'
import { Refusal } from '../core/jsonrpc.js'
import type { Json, Reply } from '../core/types.js'
import { CARDS } from './cards.js'
import { annotated } from './headers.js'
import { Listener } from './listening.js'
import { KEY, REVISION, SERVER_INFO } from './meta.js'
import { complete, getPrompt, PROMPTS } from './prompts.js'
import { RESOURCES, readResource, TEMPLATES } from './resources.js'
import { callTool, cardOf } from './tools.js'
import type { Objection, Turn } from './types.js'

const HOUR = 3_600_000

/** Cuts one page out of a list. */
function page(turn: Turn, list: string, items: Json[]): Json {
  const { pageSize } = turn.visit.world.policy
  const start = readCursor(list, turn.params.cursor)
  const result: Json = { [list]: items.slice(start, start + pageSize), ttlMs: HOUR, cacheScope: 'public' }
  if (start + pageSize < items.length) result.nextCursor = makeCursor(list, start + pageSize)
  return result
}

function discover({ visit: { world } }: Turn): Json {
  return {
    supportedVersions: [REVISION],
    capabilities: world.policy.capabilities(world),
    instructions: 'Keeps a ledger',
    ttlMs: HOUR,
    cacheScope: 'public',
  }
}

const METHODS: Record<string, (turn: Turn) => Json | Promise<Json>> = {
  'server/discover': discover,
  'tools/list': (turn) => page(turn, 'tools', CARDS),
  'tools/call': callTool,
  'resources/list': (turn) => page(turn, 'resources', RESOURCES),
  'resources/templates/list': (turn) => page(turn, 'resourceTemplates', TEMPLATES),
  'resources/read': readResource,
  'prompts/list': (turn) => page(turn, 'prompts', PROMPTS),
  'prompts/get': getPrompt,
  'completion/complete': complete,
  'subscriptions/listen': (turn) => new Listener(turn).run(),
}

/** Looks at everything a request has to bring along; undefined when it may go on. */
export function objection(turn: Turn): Objection | undefined {
  const { policy } = turn.visit.world
  const found = policy.metaFault(turn) ?? policy.versionFault(turn) ?? policy.methodFault(turn)
  if (found !== undefined) return found
  if (!Object.hasOwn(METHODS, turn.method)) return undefined
  const named = policy.nameFault(turn)
  const card = turn.method === 'tools/call' ? cardOf(turn.params) : undefined
  if (named !== undefined || card === undefined) return named
  for (const { name, type, value } of annotated(card.inputSchema, turn.params.arguments)) {
    const fault = policy.paramFault(turn, name, type, value)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Answers a request; what goes wrong becomes an error. */
export async function answerSafely(turn: Turn): Promise<Reply> {
  const method = Object.hasOwn(METHODS, turn.method) ? METHODS[turn.method] : undefined
  try {
    if (method === undefined) throw new Refusal(-32601, 'Method not found')
    const result = await method(turn)
    const _meta = { [KEY.server]: SERVER_INFO, ...(result._meta as Json | undefined) }
    return { result: { resultType: 'complete', ...result, _meta } }
  } catch (error) {
    if (error instanceof Refusal) return { error: error.toError() }
    return { error: { code: -32603, message: 'something broke inside' } }
  }
}
