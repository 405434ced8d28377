import type { GiveAnswer } from '../wire/answering.js'
import { isNotification, isServerRequest, type Message } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import { arrived } from './arrivals.js'
import type { Client, NamedTool } from './client.js'
import { needRequestChannel } from './client-features.js'
import { notApplicable, notTestable } from './expect.js'

/** A request of the server that was left without an answer until the call it belongs to ended by itself. */
export interface GivenUp {
  what: string
  request: Message
  /** Whether the server took it back. Spec: 2025-11-25/basic/lifecycle#timeouts. */
  cancelled: boolean
  /** What the server took back in the same session without having asked for it. */
  foreign: Message[]
  /** How the server took an answer that came after it had taken the request back, and a ping after that. */
  late?: { answer: Reply; ping: Reply }
}

/** The usual bound of the SDKs is 60 s. */
const longestMs = 70_000

/** The notice may come after the answer to the call, by another stream, in ms. */
const noticeMs = 1500

/** A call that takes so many ms longer without an answer has waited for one. */
const waitedMs = 800

const capabilities = { sampling: {}, elicitation: {} }
/** Roots are often asked for beside the calls, and waited for by nobody. */
const ofCalls = /^(sampling\/createMessage|elicitation\/create)$/
const silent: GiveAnswer = ({ method }) => (method === 'ping' ? undefined : null)

/** The requests that named tools make of their client and give up for want of an answer; once per run. Ends the check where there is none. */
export function givenUp(client: Client): Promise<GivenUp[]> {
  return client.once('requests given up', find)
}

async function find(client: Client): Promise<GivenUp[]> {
  needRequestChannel(client)
  const found = (await Promise.all(client.tools.map((tool) => leaveUnanswered(client, tool)))).flat()
  if (found.length === 0) notApplicable('no named tool asks the client for anything')
  const judged = found.filter((one) => one !== undefined)
  if (judged.length === 0)
    notTestable(`what the server asks it waits for longer than ${longestMs / 1000} s, or not at all`)
  return judged
}

/** Undefined for a request that the server still waits for, or does not wait for. */
async function leaveUnanswered(client: Client, tool: NamedTool): Promise<(GivenUp | undefined)[]> {
  const refused = await callIn(await client.open({ capabilities }), client, tool)
  if (refused.asked.length === 0) return []
  const { asked, ms, ended, session } = await callIn(await client.open({ capabilities, answer: silent }), client, tool)
  if (!ended || ms < refused.ms + waitedMs) return asked.map(() => undefined)
  const takenBack = () => messagesOf(session).filter(isCancellation)
  const isCancelled = ({ id }: Message) => takenBack().some(({ params }) => params?.requestId === id)
  await arrived(session, () => asked.every(isCancelled), noticeMs)
  const own = messagesOf(session).filter(isServerRequest)
  const foreign = takenBack().filter(({ params }) => !own.some(({ id }) => id === params?.requestId))
  const found: GivenUp[] = []
  for (const request of asked) {
    const cancelled = isCancelled(request)
    const what = `${request.method}, which ${tool.name} gave up after ${Math.round(ms)} ms,`
    found.push({
      what,
      request,
      cancelled,
      foreign,
      ...(cancelled ? { late: await answerLate(session, request) } : {}),
    })
  }
  return found
}

async function answerLate(session: Session, { id, method }: Message): Promise<NonNullable<GivenUp['late']>> {
  const words = { role: 'assistant', model: 'none', content: { type: 'text', text: 'too late' } }
  const result = method === 'elicitation/create' ? { action: 'cancel' } : words
  const answer = await session.post({ jsonrpc: '2.0', id, result })
  return { answer, ping: await session.request('ping') }
}

function messagesOf(session: Session): unknown[] {
  return session.received.map(({ message }) => message)
}

function isCancellation(message: unknown): message is Message {
  return isNotification(message) && message.method === 'notifications/cancelled'
}

interface Called {
  session: Session
  asked: Message[]
  ms: number
  ended: boolean
}

async function callIn(session: Session, client: Client, tool: NamedTool): Promise<Called> {
  if (client.facts.getStream) await session.get({}, { timeoutMs: longestMs + 5000 })
  const started = performance.now()
  const reply = await session.request('tools/call', { ...tool }, { timeoutMs: longestMs, notOwed: true })
  const asked = messagesOf(session)
    .filter(isServerRequest)
    .filter(({ method }) => ofCalls.test(method))
  return { session, asked, ms: performance.now() - started, ended: reply.response !== undefined }
}
