import { isNotification } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import type { Client } from './client.js'
import { notTestable } from './expect.js'
import type { NamedTool } from './given.js'
import { knownTools } from './tool-calls.js'

/** A named tool that says something beside its progress while it works, and what it said when nothing else went on. */
export interface Talker {
  tool: NamedTool
  alone: string[]
}

/** A session that hears everything there is to hear of calls. */
export async function hearingSession(client: Client): Promise<Session> {
  const session = await client.open()
  if (client.facts.capabilities.logging) await session.request('logging/setLevel', { level: 'debug' })
  return session
}

/** The named tools that talk, of those that take no longer than a second; once per run. Ends the check where there is none. */
export async function talkers(client: Client): Promise<Talker[]> {
  const found = await client.once('tools that talk', listen)
  if (found.length === 0) notTestable('no named tool sends a notification while it works: name one that logs')
  return found
}

async function listen(client: Client): Promise<Talker[]> {
  const session = await hearingSession(client)
  const tools = (await knownTools(client)).filter((tool) => tool.ms <= 1000)
  const heard = tools.map(async ({ name, arguments: args }) => {
    const tool = { name, arguments: args }
    return { tool, alone: spoken(await session.request('tools/call', { ...tool })) }
  })
  return (await Promise.all(heard)).filter(({ alone }) => alone.length > 0)
}

/** What came on either stream of a tool that was called twice at once, of what it says alone. */
export async function heardByTwins(session: Session, { tool, alone }: Talker): Promise<[string[], string[]]> {
  const call = async () => {
    const said = spoken(await session.request('tools/call', { ...tool }))
    return said.filter((text) => alone.includes(text))
  }
  return Promise.all([call(), call()])
}

/** What came on the stream of a call beside its response; progress is judged by its token elsewhere. */
function spoken(reply: Reply): string[] {
  const notes = reply.isStream ? reply.messages.filter(isNotification) : []
  return notes.filter(({ method }) => method !== 'notifications/progress').map((message) => JSON.stringify(message))
}
