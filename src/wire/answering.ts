import { isServerRequest } from './jsonrpc.js'

/** A session answers no more requests of its server than this: a flood of them must not become one of ours. */
const mostAnswers = 50

/** How the requests of a server are answered in one session, however many views of it there are. */
export class Answering {
  private given = 0

  /** What to answer to a message; undefined where no answer is due, or enough have been given. */
  to(message: unknown): object | undefined {
    const answer = this.given < mostAnswers ? answerTo(message) : undefined
    if (answer) this.given++
    return answer
  }
}

/** What a client without capabilities answers to a request of the server: pings are answered, all else is unknown to it. */
export function answerTo(message: unknown): object | undefined {
  if (!isServerRequest(message)) return undefined
  const id = message.id
  if (message.method === 'ping') return { jsonrpc: '2.0', id, result: {} }
  return { jsonrpc: '2.0', id, error: { code: -32601, message: `this client does not offer ${message.method}` } }
}
