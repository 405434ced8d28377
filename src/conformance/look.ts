import { detect } from '../wire/detect.js'
import type { Facts, Obstacle } from '../wire/facts.js'
import { isEndless, isObject } from '../wire/jsonrpc.js'
import { openSession } from '../wire/open.js'
import type { Peer } from '../wire/peer.js'
import { prepare, type TargetOptions } from './assess.js'

/** A tool as the server lists it. */
export interface ListedTool {
  name: string
  description?: string
  inputSchema?: unknown
}

/** What a look at a server finds, secrets redacted; `facts` are those of its newest era. */
export interface Look {
  facts?: Facts
  obstacle?: Obstacle
  tools: ListedTool[]
}

/** The most pages of tools that are asked for. */
const mostPages = 20

/** Looks at a server: what it is, and the tools it lists. It is asked nothing but that. Nothing throws for what it does. */
export async function look(url: string, options: TargetOptions, signal?: AbortSignal): Promise<Look> {
  const { peer } = prepare(url, options)
  const release = peer.wire.closeOn(signal)
  try {
    const { modern, facts: older, obstacle } = await detect(peer, options.auth)
    const facts = modern ?? older
    const tools = facts?.capabilities.tools && !obstacle ? await listTools(peer, facts) : []
    return peer.wire.redact.value({ ...(facts ? { facts } : {}), ...(obstacle ? { obstacle } : {}), tools })
  } finally {
    release()
    await peer.wire.close()
  }
}

async function listTools(peer: Peer, { transport, revisions }: Facts): Promise<ListedTool[]> {
  const session = await openSession(peer, transport, revisions.at(-1)!)
  try {
    const found: ListedTool[] = []
    let cursor: unknown
    for (let page = 0; page < mostPages; page++) {
      const { response } = await session.request('tools/list', cursor === undefined ? {} : { cursor })
      const result: unknown = response?.result
      if (!isObject(result) || !Array.isArray(result.tools)) break
      for (const tool of result.tools) if (isObject(tool) && typeof tool.name === 'string') found.push(shortened(tool))
      cursor = result.nextCursor
      if (typeof cursor !== 'string' || isEndless(cursor)) break
    }
    return found
  } finally {
    await session.close()
  }
}

function shortened({ name, description, inputSchema }: Record<string, unknown>): ListedTool {
  return {
    name: name as string,
    ...(typeof description === 'string' ? { description } : {}),
    ...(inputSchema === undefined ? {} : { inputSchema }),
  }
}
