import { isServerRequest } from './jsonrpc.js'

/** A session answers no more requests of its server than this: a flood of them must not become one of ours. */
export const mostAnswers = 50

/** What a client without capabilities answers to a request of the server: pings are answered, all else is unknown to it. */
export function answerTo(message: unknown): object | undefined {
  if (!isServerRequest(message)) return undefined
  const id = message.id
  if (message.method === 'ping') return { jsonrpc: '2.0', id, result: {} }
  return { jsonrpc: '2.0', id, error: { code: -32601, message: `this client does not offer ${message.method}` } }
}
