import { logLevels } from '../protocol/shapes/index.js'
import { isObject, type Message } from '../wire/jsonrpc.js'
import type { CallOptions, Received, Session } from '../wire/session.js'
import { arrived } from './arrivals.js'
import type { Client } from './client.js'
import { assumeResult, notApplicable, notTestable } from './expect.js'
import type { NamedTool } from './given.js'
import { listeningSession } from './progress-calls.js'
import { knownTools } from './tool-calls.js'

export { logLevels } from '../protocol/shapes/index.js'

/** The log messages among what was received. */
export function logsIn(received: readonly Received[]): Message[] {
  return received
    .map(({ message }) => message)
    .filter((message): message is Message => isObject(message) && message.method === 'notifications/message')
}

/** How severe a log message is: 0 for debug, 7 for emergency, -1 for a level nobody knows. */
export function severity(message: Message): number {
  return logLevels.indexOf(message.params?.level)
}

/**
 * The log messages of a session that follow from what was done in it. A greeting that everybody gets who connects is none of them:
 * it may be under way for a while, so that it proves nothing about a level set meanwhile.
 */
export async function ownLogs(client: Client, session: Session): Promise<Message[]> {
  const said = (message: Message | undefined) => JSON.stringify(message?.params)
  const [greeting] = logsIn((await client.survey()).bystander?.received ?? [])
  const logs = logsIn(session.received)
  const at = greeting ? logs.findIndex((message) => said(message) === said(greeting)) : -1
  return logs.filter((_, index) => index !== at)
}

/** Every log message of the tour, and of a session at level debug in which harmless calls, good and bad, were made; once per run and revision. */
export async function everyLog(client: Client): Promise<Message[]> {
  const [{ received }, provoked] = await Promise.all([client.survey(), withoutTokens(client)])
  return [...logsIn(received), ...logsIn(provoked)]
}

/** All that such a session received: none of its requests gave a progress token. */
export function withoutTokens(client: Client): Promise<readonly Received[]> {
  return client.once('log messages', provoke)
}

/** A session with a stream for notifications, where the server offers one, and the level set. */
export async function loggingSession(client: Client, level: string): Promise<Session> {
  const session = await listeningSession(client)
  assumeResult(await session.request('logging/setLevel', { level }), 'logging/setLevel')
  return session
}

/** Calls that change nothing, some of which fail: whatever a server logs of its daily work it logs of these. */
export async function harmlessCalls(client: Client, session: Session, options?: CallOptions): Promise<void> {
  const { tools, resources, prompts } = client.facts.capabilities
  const canary = client.canary()
  const ask = (method: string, params?: Record<string, unknown>) => session.request(method, params, options)
  await Promise.all([
    ask(client.plainMethod),
    ask(`gauntlet/${canary}`),
    tools && ask('tools/list'),
    tools && ask('tools/call', { name: canary, arguments: {} }),
    resources && ask('resources/read', { uri: `gauntlet-canary:///${canary}` }),
    prompts && ask('prompts/get', { name: canary }),
    ...client.tools.map(({ name, arguments: args }) => ask('tools/call', { name, arguments: args })),
    ...client.tools.map((tool) => ask('tools/call', { name: tool.name, arguments: { [canary]: canary } })),
  ])
}

/** Waits a moment for a log message of a session that is `wanted`, beyond the first `from`; returns all that came beyond those. */
export async function logged(
  client: Client,
  session: Session,
  wanted: (message: Message) => boolean,
  from = 0,
): Promise<Message[]> {
  for (let waited = 0; waited < 200; waited += 20) {
    const logs = (await ownLogs(client, session)).slice(from)
    await client.pause(20)
    if (logs.some(wanted)) break
  }
  return (await ownLogs(client, session)).slice(from)
}

/** Ends the check where a log level cannot outlive the request that set it. */
export function needLastingLevel(client: Client): void {
  const { transport, sessions } = client.facts
  if (transport === 'streamable-http' && !sessions)
    notApplicable('the server keeps no sessions, so no level outlives its request')
}

async function provoke(client: Client): Promise<readonly Received[]> {
  if (client.modern) {
    const session = await client.as({})
    await harmlessCalls(client, session, { meta: { logLevel: 'debug' } })
    return session.received
  }
  const session = await listeningSession(client)
  if (client.facts.capabilities.logging) await session.request('logging/setLevel', { level: 'debug' })
  await harmlessCalls(client, session)
  // Some servers log what they could not read; others end the session over it, so it comes last.
  await session.post('{"jsonrpc":')
  await client.pause(50)
  // A busy server comes to it later.
  await arrived(session, () => logsIn(session.received).length > 0, 400)
  return session.received
}

/** The named tool that logs and answers soonest, and the severities of its messages at level debug, each once. */
export async function firstLoggingTool(client: Client): Promise<{ tool: NamedTool; seen: number[] }> {
  const quick = (await knownTools(client)).filter((tool) => tool.ms <= 1000)
  const [toured] = (await loggedInTour(client)).filter(({ tool }) => quick.some((one) => one.name === tool.name))
  if (toured) return toured
  const found = quick.map(async ({ name, arguments: args }) => {
    const tool = { name, arguments: args }
    const session = await loggingSession(client, 'debug')
    await session.request('tools/call', { ...tool })
    await logged(client, session, () => true)
    const seen = [...new Set((await ownLogs(client, session)).map(severity))].filter((level) => level >= 0)
    if (seen.length === 0) throw new Error('this tool does not log')
    return { tool, seen }
  })
  return Promise.any(found).catch(() => notTestable('no named tool sends log messages'))
}

/** The named tools whose log messages came on the streams of their own calls when the tour was made. */
async function loggedInTour(client: Client): Promise<{ tool: NamedTool; seen: number[] }[]> {
  const { toolCalls, received } = await client.survey()
  const calls = toolCalls.map(({ tool, reply }) => {
    const logs = logsIn(received.filter((one) => one.reply === reply && one.channel === 'post-stream'))
    const seen = [...new Set(logs.map(severity))].filter((level) => level >= 0)
    return {
      tool: { name: tool.name, arguments: tool.arguments },
      seen,
      ms: reply.at.response ?? Number.POSITIVE_INFINITY,
    }
  })
  return calls.filter(({ seen }) => seen.length > 0).sort((a, b) => a.ms - b.ms)
}

/** Every text inside a JSON value. */
export function innermostTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(innermostTexts) : []
}
