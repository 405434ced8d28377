import { isObject, isResponse, type Message, request } from '../wire/jsonrpc.js'
import type { Received } from '../wire/session.js'
import type { Client } from './client.js'
import { ableCalls } from './input-required.js'

/** Bodies that are no JSON or no request, each broken in one way: what a server's own error answers are provoked with. */
export const brokenBodies: readonly string[] = [
  '{"jsonrpc":"2.0","id":1,"method":"ping"',
  '{"jsonrpc":"2.0","id":"no-method"}',
  '{"jsonrpc":"2.0","id":"numeric-method","method":42}',
]

/**
 * Every JSON value the server sent as a message while the tour was made and while its errors were provoked, with the reply or
 * stream it came in. JSON bodies of refusals that do not claim to be JSON-RPC are left out.
 */
export async function everyMessage(client: Client): Promise<Received[]> {
  const survey = await client.survey()
  const provoked = await client.once('provoked errors', provoke)
  const able = client.modern ? await ableCalls(client) : []
  const asked = able.flatMap(({ reply }) =>
    reply.messages.map((message): Received => ({ message, reply, channel: 'answer', at: reply.at.response ?? 0 })),
  )
  return [...survey.received, ...provoked, ...asked].filter(isMeant)
}

async function provoke(client: Client): Promise<readonly Received[]> {
  const session = await client.session()
  const unfit = ['tools/call', 'prompts/get', 'resources/read', 'completion/complete', 'logging/setLevel']
  await Promise.all(brokenBodies.map((body) => session.post(body)))
  await Promise.all(
    unfit.map((method, at) => session.post(request(method, { name: at, uri: at, level: at }, `unfit-${at}`))),
  )
  return session.received
}

/** Every error object among the answers; a value that is no object stands as it is. */
export async function everyError(client: Client): Promise<{ error: any; message: Message }[]> {
  const messages = (await everyMessage(client)).map(({ message }) => message)
  return messages.filter(isError).map((message) => ({ error: message.error, message }))
}

/** Hands every such message of the run to `judge`, those of the tour first; what it throws is shown with the exchange it came in. */
export async function eachMessage(client: Client, judge: (message: any) => void): Promise<void> {
  for (const { message } of await everyMessage(client)) judge(message)
  for (const { message, account } of client.heard().filter(isMeant)) {
    try {
      judge(message)
    } catch (thrown) {
      client.witness(account)
      throw thrown
    }
  }
}

/** The same for the error objects of answers; a value that is no object stands as it is. */
export function eachError(client: Client, judge: (error: any, message: Message) => void): Promise<void> {
  return eachMessage(client, (message) => {
    if (isError(message)) judge(message.error, message)
  })
}

function isError(message: unknown): message is Message {
  return isResponse(message) && 'error' in message && !('result' in message)
}

function isMeant({ message, reply }: Pick<Received, 'message' | 'reply'>): boolean {
  if (reply.status === 200) return true
  return isObject(message) && ('jsonrpc' in message || (isObject(message.error) && Number(message.error.code) < 0))
}
