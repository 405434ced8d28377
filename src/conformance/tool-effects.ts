import { isServerRequest, type Message } from '../wire/jsonrpc.js'
import type { Received, Session } from '../wire/session.js'
import type { Client } from './client.js'
import { expect, notTestable } from './expect.js'
import type { FaultSource } from './fault.js'
import { type List, offeredLists, walk } from './lists.js'
import type { Survey } from './survey.js'

/** What the named tools did for a client that declared every capability: what it received, and the lists before and after. */
export interface ToolEffects {
  received: readonly Received[]
  before: Map<string, string>
  after: Map<string, string>
}

const everything = { sampling: {}, roots: { listChanged: true }, elicitation: {} }
const made = new WeakMap<Survey, Promise<ToolEffects>>()

/** Calls the named tools as a client that declares all it could be asked for; once per run and revision. */
export async function toolEffects(client: Client): Promise<ToolEffects> {
  const survey = await client.survey()
  const found = made.get(survey) ?? make(client)
  made.set(survey, found)
  return found
}

/** The requests of that method the server made of a client that could answer them. */
export async function requestsOf(client: Client, method: string): Promise<Message[]> {
  const { received } = await toolEffects(client)
  const messages = received.map(({ message }) => message).filter(isServerRequest)
  return messages.filter((message) => message.method === method)
}

/** When the named tools changed a list, a notification of that method must have come. */
export async function expectChangeAnnounced(client: Client, list: string, notification: string): Promise<void> {
  const { before, after, received } = await toolEffects(client)
  if (before.get(list) === after.get(list)) notTestable(`no named tool changed what ${list} returns`)
  const told = received.some(({ message }) => (message as Message | null)?.method === notification)
  expect(told, `${list} changed while the named tools ran, and nobody was told`, notification, 'no such notification')
}

async function make(client: Client): Promise<ToolEffects> {
  const session = await client.open({ capabilities: everything })
  if (client.facts.getStream) await session.get()
  const lists = await offeredLists(client)
  const before = await contents(session, lists)
  await Promise.all(client.tools.map((tool) => session.request('tools/call', { ...tool })))
  const after = await contents(session, lists)
  await client.pause(50)
  return { received: session.received, before, after }
}

async function contents(session: Session, lists: List[]): Promise<Map<string, string>> {
  const walks = await Promise.all(
    lists.map(async (list) => [list.method, JSON.stringify((await walk(session, list)).pages)] as const),
  )
  return new Map(walks)
}

/** A fault: a list has an item more after each tool call, and nobody is told. */
export function growingList(method: string, member: string, item: object): FaultSource {
  return () => {
    let calls = 0
    return {
      message(message, { call }) {
        if (message.method === `notifications/${member}/list_changed`) return null
        if (call?.method === 'tools/call' && 'result' in message) calls++
        if (call?.method !== method || !Array.isArray(message.result?.[member])) return undefined
        return {
          ...message,
          result: { ...message.result, [member]: [...message.result[member], ...Array(calls).fill(item)] },
        }
      },
    }
  }
}
