import { metaKey } from '../protocol/modern.js'
import { isNotification, type Message } from '../wire/jsonrpc.js'
import type { ModernSession } from '../wire/modern.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import type { Fault, FaultRequest } from './fault.js'
import { listeningRun } from './listening-run.js'
import { logLevels } from './logs.js'
import { type KnownTool, knownTools } from './tool-calls.js'

/** A request of 2026-07-28 with the log level it set, if it did, and the log messages on its stream. */
export interface LevelledRequest {
  method: string
  level?: string
  logs: Message[]
}

/**
 * Requests with each level and without one, side by side, and after them one without: calls of the named tool that logs and answers
 * soonest, and plain requests. Once per run; empty where no named tool logs on its own stream.
 */
export function levelledRequests(client: Client): Promise<LevelledRequest[]> {
  return client.once('log levels', make)
}

async function make(client: Client): Promise<LevelledRequest[]> {
  const tool = await soonestLogger(client)
  if (!tool) return []
  const session = await client.as({})
  const levels = [undefined, ...logLevels, undefined]
  const beside = client.facts.capabilities.tools ? [client.plainMethod, 'tools/list'] : [client.plainMethod]
  const together = await Promise.all([
    ...levels.map((level) => ask(session, 'tools/call', tool, level)),
    ...beside.map((method) => ask(session, method)),
  ])
  return [...together, await ask(session, 'tools/call', tool)]
}

/** The log messages on one stream. */
export function logsOn(reply: Reply): Message[] {
  return reply.messages.filter((one): one is Message => isNotification(one) && one.method === 'notifications/message')
}

/** A fault: a server that takes the level of a request to be what `change` makes of it. */
export function mistakesLevel(change: (level: unknown) => unknown): Fault {
  return {
    request(request): FaultRequest | undefined {
      const { message } = request
      const meta = message?.params?._meta
      if (!message || !meta) return undefined
      const level = change(meta[metaKey.logLevel])
      const { [metaKey.logLevel]: _, ...others } = meta
      const _meta = level === undefined ? others : { ...others, [metaKey.logLevel]: level }
      return { ...request, body: JSON.stringify({ ...message, params: { ...message.params, _meta } }) }
    },
  }
}

async function soonestLogger(client: Client): Promise<KnownTool | undefined> {
  const { calls } = await listeningRun(client)
  const logging = calls.filter(({ reply }) => logsOn(reply).length > 0).map(({ tool }) => tool.name)
  const known = (await knownTools(client)).filter(({ name }) => logging.includes(name))
  return known.sort((a, b) => a.ms - b.ms)[0]
}

async function ask(session: ModernSession, method: string, tool?: KnownTool, level?: string): Promise<LevelledRequest> {
  const params = tool && { name: tool.name, arguments: tool.arguments }
  const reply = await session.request(method, params, level === undefined ? {} : { meta: { logLevel: level } })
  return { method, ...(level === undefined ? {} : { level }), logs: logsOn(reply) }
}
