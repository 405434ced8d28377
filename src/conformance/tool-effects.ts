import type { ShapeName } from '../protocol/shapes/index.js'
import type { GiveAnswer } from '../wire/answering.js'
import { isServerRequest, type Message } from '../wire/jsonrpc.js'
import type { Received, Session } from '../wire/session.js'
import { ableAnswer } from './able-answer.js'
import type { Client } from './client.js'
import { needRequestChannel } from './client-features.js'
import { expect, expectShape, notTestable } from './expect.js'
import type { FaultSource } from './fault.js'
import { ableClient, requestsOf as requestsIn } from './input-required.js'
import { type List, walk } from './lists.js'
import { everyQuestion } from './rounds.js'

/** What the named tools did for a client that declared every capability: what it received, and the lists before and after. */
export interface ToolEffects {
  received: readonly Received[]
  before: Map<string, string>
  after: Map<string, string>
}

const changeable: List[] = [
  { method: 'tools/list', member: 'tools', name: 'name' },
  { method: 'resources/list', member: 'resources', name: 'uri' },
  { method: 'prompts/list', member: 'prompts', name: 'name' },
]
const everything = { sampling: {}, roots: { listChanged: true }, elicitation: {} }

/** Calls the named tools as a client that declares all it could be asked for; once per run and revision. */
export function toolEffects(client: Client): Promise<ToolEffects> {
  return client.once('tool effects', make)
}

/** The requests of that method the server made of a client that could answer them. */
export async function requestsOf(client: Client, method: string): Promise<Message[]> {
  return requestsAmong((await toolEffects(client)).received, method)
}

/** The requests of that method among what came. */
export function requestsAmong(received: readonly Received[], method: string): Message[] {
  const messages = received.map(({ message }) => message).filter(isServerRequest)
  return messages.filter((message) => message.method === method)
}

/** What came while the named tools were called by a client that can do whatever there is in 2025-11-25, and does it; once per run. */
export function ableReceived(client: Client): Promise<readonly Received[]> {
  return client.once('tools called by an able client', (one) => receivedBy(one, ableClient, ableAnswer))
}

/** For so many ms a call may go on after the client agreed to go to a URL, where it never goes. */
const afterUrlMs = 1000

/** What comes while the named tools are called by a client that declares these capabilities; once per run and revision. */
export function receivedBy(
  client: Client,
  capabilities: Record<string, unknown>,
  give?: GiveAnswer,
): Promise<readonly Received[]> {
  return client.once(`tools called by a client with ${JSON.stringify(capabilities)}`, async (one) => {
    let agree = () => {}
    const agreed = new Promise<void>((resolve) => {
      agree = resolve
    })
    const answer: GiveAnswer = (request) => {
      if (give && request.params?.mode === 'url') agree()
      return give?.(request)
    }
    const session = await one.open({ capabilities, answer })
    if (one.facts.getStream) await session.get()
    const calls = Promise.all(one.tools.map((tool) => session.request('tools/call', { ...tool })))
    await Promise.race([calls, agreed.then(() => one.pause(afterUrlMs))])
    await one.pause(100)
    return session.received
  })
}

/** Every request of that method the server makes must have its shape. */
export async function expectRequestsValid(client: Client, method: string, name: ShapeName): Promise<void> {
  if (client.modern) {
    const asked = (await everyQuestion(client)).flatMap(({ result }) => requestsIn(result))
    for (const one of asked.filter((request) => request.method === method))
      expectShape(one.request, name, client.revision, `the question ${one.key}`)
    return
  }
  needRequestChannel(client)
  for (const message of await requestsOf(client, method))
    expectShape(message, name, client.revision, 'a request of the server')
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
  const lists = changeable.filter((list) => client.facts.capabilities[list.member]?.listChanged)
  const before = await contents(session, lists)
  await Promise.all(client.tools.map((tool) => session.request('tools/call', { ...tool })))
  const after = await contents(session, lists)
  await client.pause(100)
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
