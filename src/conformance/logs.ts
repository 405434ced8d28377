import { logLevels } from '../protocol/shapes/index.js'
import { isObject, type Message } from '../wire/jsonrpc.js'
import type { Received, Session } from '../wire/session.js'
import type { Client } from './client.js'
import { notApplicable, notTestable } from './expect.js'
import type { NamedTool } from './given.js'
import type { Survey } from './survey.js'
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

const made = new WeakMap<Promise<Survey>, Promise<Message[]>>()

/** Every log message of the tour, and of a session at level debug in which harmless calls, good and bad, were made; once per run and revision. */
export async function everyLog(client: Client): Promise<Message[]> {
  const survey = client.survey()
  const found = made.get(survey) ?? provoke(client)
  made.set(survey, found)
  const [{ received }, provoked] = await Promise.all([survey, found])
  return [...logsIn(received), ...provoked]
}

/** A session with a stream for notifications, where the server offers one, and the level set. */
export async function loggingSession(client: Client, level: string): Promise<Session> {
  const session = await client.open()
  if (client.facts.getStream) await session.get()
  await session.request('logging/setLevel', { level })
  return session
}

/** Calls that change nothing, some of which fail: whatever a server logs of its daily work it logs of these. */
export async function harmlessCalls(client: Client, session: Session): Promise<void> {
  const { tools, resources, prompts } = client.facts.capabilities
  const canary = client.canary()
  await Promise.all([
    session.request('ping'),
    session.request(`gauntlet/${canary}`),
    tools && session.request('tools/list'),
    tools && session.request('tools/call', { name: canary, arguments: {} }),
    resources && session.request('resources/read', { uri: `gauntlet-canary:///${canary}` }),
    prompts && session.request('prompts/get', { name: canary }),
    ...client.tools.map((tool) => session.request('tools/call', { ...tool })),
    ...client.tools.map((tool) => session.request('tools/call', { name: tool.name, arguments: { [canary]: canary } })),
  ])
}

/** Ends the check where a log level cannot outlive the request that set it. */
export function needLastingLevel(client: Client): void {
  const { transport, sessions } = client.facts
  if (transport === 'streamable-http' && !sessions)
    notApplicable('the server keeps no sessions, so no level outlives its request')
}

async function provoke(client: Client): Promise<Message[]> {
  const session = client.facts.capabilities.logging ? await loggingSession(client, 'debug') : await client.open()
  if (!client.facts.capabilities.logging && client.facts.getStream) await session.get()
  await harmlessCalls(client, session)
  await client.pause(50)
  return logsIn(session.received)
}

/** The named tool that logs and answers soonest, and the severities of its messages at level debug, each once. */
export async function firstLoggingTool(client: Client): Promise<{ tool: NamedTool; seen: number[] }> {
  const quick = (await knownTools(client)).filter((tool) => tool.ms <= 1000)
  const found = quick.map(async ({ name, arguments: args }) => {
    const tool = { name, arguments: args }
    const session = await loggingSession(client, 'debug')
    await session.request('tools/call', { ...tool })
    await client.pause(30)
    const seen = [...new Set(logsIn(session.received).map(severity))].filter((level) => level >= 0)
    if (seen.length === 0) throw new Error('this tool does not log')
    return { tool, seen }
  })
  return Promise.any(found).catch(() => notTestable('no named tool sends log messages'))
}

/** Every text inside a JSON value. */
export function innermostTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(innermostTexts) : []
}
