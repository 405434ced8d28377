import { isServerRequest, type Message } from './jsonrpc.js'

/** A session answers no more requests of its server than this: a flood of them must not become one of ours. */
const mostAnswers = 50

/** What a client answers to a request of its server: a result or an error; null where it stays silent, undefined where it does as one without capabilities. */
export type GiveAnswer = (request: Message) => { result: object } | { error: object } | null | undefined

/** How the requests of a server are answered in one session, however many views of it there are. */
export class Answering {
  private given = 0

  constructor(private readonly give: GiveAnswer = () => undefined) {}

  /** What to answer to a message; undefined where no answer is due, or enough have been given. */
  to(message: unknown): object | undefined {
    if (this.given >= mostAnswers || !isServerRequest(message)) return undefined
    const own = this.give(message)
    const answer = own === undefined ? answerTo(message) : own && { jsonrpc: '2.0', id: message.id, ...own }
    if (answer) this.given++
    return answer ?? undefined
  }
}

/** What a client without capabilities answers to a request of the server: pings are answered, all else is unknown to it. */
export function answerTo(message: unknown): object | undefined {
  if (!isServerRequest(message)) return undefined
  const id = message.id
  if (message.method === 'ping') return { jsonrpc: '2.0', id, result: {} }
  return { jsonrpc: '2.0', id, error: { code: -32601, message: `this client does not offer ${message.method}` } }
}
