import { createParser } from 'eventsource-parser'
import type { FailureKind } from '../report/load.js'
import { fieldOf, mediaType } from '../wire/headers.js'
import { isObject, isResponse, type Message, parseAnyDepth } from '../wire/jsonrpc.js'
import type { Reply, Trouble } from './engine.js'

/** What was sent, as far as the answer is judged by it. */
export interface Expectation {
  sent: 'request' | 'notification' | 'delete'
  /** Id of the request. */
  id?: number
  /** Whether it carried a session: 404 then says that the session is gone. */
  session: boolean
  /** Whether it was of revision 2026-07-28, whose results say of what type they are. */
  modern?: boolean
  /** Text that must stand in the result, where the tool echoes it. */
  canary?: string
}

/** Why an answer counts as failed, in one bounded line. */
export interface Failure {
  kind: FailureKind
  message: string
}

const json = 'application/json'
const stream = 'text/event-stream'

/** Judges one whole answer; undefined when it is as it should be. Never throws, whatever the server sent. */
export function judge(reply: Reply, expected: Expectation): Failure | undefined {
  const { status } = reply
  if (expected.sent === 'request') return status === 200 ? judgeContent(reply, expected) : wrongStatus(reply, expected)
  if (status === 200 || status === 202 || status === 204) return undefined
  // A server need not let its clients end a session.
  return status === 405 && expected.sent === 'delete' ? undefined : wrongStatus(reply, expected)
}

/** A request that got no whole answer, as a failure: it says so when the answer was there, but its end was not. */
export function judgeTrouble({ kind, message, partial }: Trouble, expected: Expectation): Failure {
  const answered = kind === 'timeout' && partial !== undefined && judge(partial, expected) === undefined
  return { kind, message: answered ? `the answer came, but the server left it open: ${message}` : message }
}

function wrongStatus(reply: Reply, { session, sent }: Expectation): Failure {
  if (reply.status === 404 && session)
    return { kind: 'session-lost', message: `404 for a ${sent} in a live session${excerpt(reply.body.toString())}` }
  const location = fieldOf(reply.headers, 'location')
  const to = location === undefined ? '' : ` (to ${short(location)})`
  return { kind: 'http-status', message: `status ${reply.status}${to} for a ${sent}${excerpt(reply.body.toString())}` }
}

function judgeContent(reply: Reply, expected: Expectation): Failure | undefined {
  const sent = fieldOf(reply.headers, 'content-type')
  const type = sent === json || sent === stream ? sent : mediaType(sent)
  const text = reply.body.toString()
  if (type === stream) return judgeStream(text, expected)
  if (type === '') return noJsonRpc('no content type', text)
  if (type !== json) return noJsonRpc(`content type '${short(type)}' is neither JSON nor an event stream`, text)
  const value = parseAnyDepth(text)
  if (Array.isArray(value)) return judgeBatch(value, text, expected)
  return judgeMessage(value, text, expected)
}

/** Looks for the answer among the events of a stream; the others, such as progress, may be there. */
function judgeStream(text: string, expected: Expectation): Failure | undefined {
  let ours: { verdict: Failure | undefined } | undefined
  let other: Failure | undefined
  const parser = createParser({
    onEvent({ data }) {
      if (ours) return
      const value = parseAnyDepth(data)
      for (const one of Array.isArray(value) ? value : [value]) {
        if (isObject(one) && typeof one.method === 'string') continue
        const verdict = judgeMessage(one, data, expected)
        if (verdict === undefined || isAnswerTo(one, expected.id)) ours ??= { verdict }
        else if (data !== '') other ??= verdict
      }
    },
  })
  // The parser holds a CR at the end back until more comes.
  parser.feed(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text)
  if (ours) return ours.verdict
  return other ?? { kind: 'truncated-stream', message: `the event stream ended without the answer${excerpt(text)}` }
}

/** Revision 2025-03-26 lets a server answer in batches. */
function judgeBatch(batch: unknown[], text: string, expected: Expectation): Failure | undefined {
  const ours = batch.find((one) => isAnswerTo(one, expected.id)) ?? batch.find(isResponse)
  return ours === undefined ? noJsonRpc('a batch without an answer', text) : judgeMessage(ours, text, expected)
}

function isAnswerTo(value: unknown, id: number | undefined): boolean {
  return isResponse(value) && value.id === id
}

function judgeMessage(value: unknown, text: string, expected: Expectation): Failure | undefined {
  if (!isObject(value)) return noJsonRpc(value === undefined ? 'not JSON' : 'not a JSON object', text)
  const message: Message = value
  if (message.jsonrpc !== '2.0') return noJsonRpc(`jsonrpc is ${show(message.jsonrpc)}`, text)
  const { id, error, result } = message
  if (error !== undefined) return id === expected.id || id == null ? rpcError(error) : wrongId(id, expected)
  if (!isObject(result))
    return noJsonRpc(result === undefined ? 'neither result nor error' : 'result is no object', text)
  if (id !== expected.id) return wrongId(id, expected)
  if (expected.modern && result.resultType === 'input_required')
    return { kind: 'input-required', message: `the server asks back before it answers: ${show(result.inputRequests)}` }
  if (result.isError === true) return { kind: 'tool-error', message: `isError: ${toolText(result, text)}` }
  if (expected.canary === undefined || text.includes(expected.canary)) return undefined
  // A server may write any character as an escape.
  if (written(result).includes(expected.canary)) return undefined
  return { kind: 'foreign-answer', message: `'${expected.canary}' is not in the result${excerpt(text)}` }
}

function wrongId(id: unknown, expected: Expectation): Failure {
  return { kind: 'wrong-id', message: `asked with id ${expected.id}, answered with id ${show(id)}` }
}

function rpcError(error: unknown): Failure {
  if (!isObject(error)) return { kind: 'rpc-error', message: `error ${show(error)}` }
  const text = typeof error.message === 'string' ? error.message : show(error.message)
  return { kind: 'rpc-error', message: short(`error ${show(error.code)}: ${text}`) }
}

function toolText(result: Record<string, any>, text: string): string {
  const first = Array.isArray(result.content) ? result.content[0]?.text : undefined
  return short(typeof first === 'string' ? first : text)
}

function noJsonRpc(what: string, text: string): Failure {
  return { kind: 'not-json-rpc', message: `${what}${excerpt(text)}` }
}

function excerpt(text: string): string {
  return text === '' ? ', no body' : `: ${short(text)}`
}

function show(value: unknown): string {
  return short(written(value))
}

function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'missing'
  } catch {
    return 'nested too deep to show'
  }
}

function short(text: string): string {
  const line = text
    .slice(0, 400)
    // Control characters by what they are not: not every engine that runs this knows \p{Cc}.
    .replace(/(?:[^\u0020-\u007e\u00a0-\uffff]|\s)+/g, ' ')
    .trim()
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}
