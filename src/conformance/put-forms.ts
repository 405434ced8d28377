import type { Message } from '../wire/jsonrpc.js'
import type { Fault, FaultContext, FaultStream } from './fault.js'

const requestedSchema = { type: 'object', properties: { days: { type: 'integer', minimum: 1 } }, required: ['days'] }

type Notice = (id: string, call: Message | undefined) => object

/** What a server asks before each result of a tool. */
interface Put {
  method: string
  params: object
  /** Whether the client's result is taken; undefined where it is asked again. */
  taken(result: any): boolean | undefined
}

/**
 * A fault of revisions with a handshake: before each result of a tool the client is asked by a form, and what it fills in is taken as it is. After
 * `patienceMs`, if given, the call fails without it, and `notice` is sent.
 */
export function putsForms(patienceMs?: number, notice?: Notice): Fault {
  const params = { message: 'For how many days?', requestedSchema }
  return puts(
    { method: 'elicitation/create', params, taken: (result) => result?.action === 'accept' },
    patienceMs,
    notice,
  )
}

const samplingParams = {
  messages: [{ role: 'user', content: { type: 'text', text: 'Is it raining?' } }],
  maxTokens: 10,
}

/** The same with a request to sample: whatever is no error is taken as it is. */
export function putsSamplings(): Fault {
  return puts({
    method: 'sampling/createMessage',
    params: samplingParams,
    taken: (result) => result !== undefined,
  })
}

/** The same with tools for the model, for as long as it uses one. */
export function putsEndlessSamplings(): Fault {
  const params = { ...samplingParams, tools: [{ name: 'look', inputSchema: { type: 'object' } }] }
  const taken = (result: any) => (result?.stopReason === 'toolUse' ? undefined : result !== undefined)
  return puts({ method: 'sampling/createMessage', params, taken })
}

function puts({ method, params, taken }: Put, patienceMs?: number, notice?: Notice): Fault {
  const waiting = new Map<unknown, (result: unknown) => void>()
  const ask = (stream: FaultStream, { call }: FaultContext) => {
    const id = `put-${waiting.size}`
    const result = new Promise((resolve) => {
      const giveUp = () => {
        if (notice) stream.send({ event: 'message', data: JSON.stringify(notice(id, call)) })
        resolve(undefined)
      }
      const timer = patienceMs === undefined ? undefined : setTimeout(giveUp, patienceMs)
      waiting.set(id, (answer) => {
        clearTimeout(timer)
        resolve(answer)
      })
    })
    stream.send({ event: 'message', data: JSON.stringify({ jsonrpc: '2.0', id, method, params }) })
    return result
  }
  const failed = (message: Message) => ({ ...message, result: { content: [], isError: true } })
  return {
    request({ message }) {
      const settle = message && !('method' in message) ? waiting.get(message.id) : undefined
      settle?.(message?.result)
      return settle && { status: 202, headers: {}, body: '' }
    },
    async message(message, context) {
      const stream = context.call?.method === 'tools/call' && 'result' in message ? streamFor(context) : undefined
      if (!stream) return undefined
      let good = taken(await ask(stream, context))
      while (good === undefined) good = taken(await ask(stream, context))
      return good ? undefined : failed(message)
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
