import type { Message } from '../wire/jsonrpc.js'
import type { Fault, FaultContext, FaultStream } from './fault.js'

const requestedSchema = { type: 'object', properties: { days: { type: 'integer', minimum: 1 } }, required: ['days'] }

/**
 * A fault of revisions with a handshake: before each result of a tool the client is asked by a form, and what it fills in is taken as it is. After
 * `patienceMs`, if given, the call fails without it, and `notice` is sent.
 */
export function putsForms(patienceMs?: number, notice?: (id: string, call: Message | undefined) => object): Fault {
  const waiting = new Map<unknown, (action: unknown) => void>()
  return {
    request({ message }) {
      const settle = message && !('method' in message) ? waiting.get(message.id) : undefined
      settle?.(message?.result?.action)
      return settle && { status: 202, headers: {}, body: '' }
    },
    async message(message, context) {
      const stream = context.call?.method === 'tools/call' && 'result' in message ? streamFor(context) : undefined
      if (!stream) return undefined
      const id = `form-${waiting.size}`
      const params = { message: 'For how many days?', requestedSchema }
      const action = new Promise((resolve) => {
        const giveUp = () => {
          if (notice) stream.send({ event: 'message', data: JSON.stringify(notice(id, context.call)) })
          resolve(undefined)
        }
        const timer = patienceMs === undefined ? undefined : setTimeout(giveUp, patienceMs)
        waiting.set(id, (answer) => {
          clearTimeout(timer)
          resolve(answer)
        })
      })
      stream.send({
        event: 'message',
        data: JSON.stringify({ jsonrpc: '2.0', id, method: 'elicitation/create', params }),
      })
      return (await action) === 'accept' ? undefined : { ...message, result: { content: [], isError: true } }
    },
  }
}

/** The stream of the call, or the standing one of its session where the call is answered without. */
function streamFor({ request, streams }: FaultContext): FaultStream | undefined {
  const session = request.headers['mcp-session-id']
  const standing = streams.find(
    (one) => one.request.method === 'GET' && session !== undefined && one.request.headers['mcp-session-id'] === session,
  )
  return streams.find((one) => one.request === request) ?? standing
}
