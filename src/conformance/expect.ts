import { isObject, type RpcError } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import { Undecided, Violation } from './violation.js'

export { expectPages, expectShape } from './shape.js'
export { Undecided, Violation } from './violation.js'

/** The rule under test: throws a Violation when `held` is false. */
export function expect(held: boolean, message: string, expected?: unknown, actual?: unknown): asserts held {
  if (!held) throw new Violation(message, expected, actual)
}

/** The rule under test as an equality of JSON values. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected))
    throw new Violation(`${what} is not what the rule asks for`, expected, actual)
}

/** The HTTP status under test: one value or several allowed ones. */
export function expectStatus(reply: Reply, allowed: number | number[], what: string): void {
  const list = Array.isArray(allowed) ? allowed : [allowed]
  if (!list.includes(reply.status))
    throw new Violation(`${what}: wrong HTTP status`, `HTTP ${list.join(' or ')}`, describe(reply))
}

/** The HTTP status under test is any of 400 to 499. */
export function expectRefused(reply: Reply, what: string): void {
  if (reply.status < 400 || reply.status > 499)
    throw new Violation(`${what} must be refused`, 'HTTP 4xx', describe(reply))
}

/** The reply must carry a result; returns it. */
export function expectResult(reply: Reply, what: string): Record<string, any> {
  assumeReadable(reply, what)
  const result = reply.response?.result
  if (!reply.response || 'error' in reply.response || !isObject(result))
    throw new Violation(`${what} must be answered with a result`, 'a JSON-RPC result object', describe(reply))
  return result
}

/** The reply must carry a JSON-RPC error; returns it. */
export function expectError(reply: Reply, what: string): RpcError {
  assumeReadable(reply, what)
  const error = reply.response?.error
  if (!isObject(error))
    throw new Violation(`${what} must be answered with a JSON-RPC error`, 'a JSON-RPC error', describe(reply))
  return error
}

/** Like `expect`, for breaches that only warn although the rule is a MUST. */
export function advise(held: boolean, message: string, expected?: unknown, actual?: unknown): asserts held {
  if (!held) throw new Violation(message, expected, actual, 'warn')
}

/** The control: something that must work before the rule can be judged. A failing control is no verdict. */
export function assume(held: boolean, what: string, reply?: Reply): asserts held {
  if (!held) throw new Undecided('not-testable', `the control failed: ${what}${reply ? ` (${describe(reply)})` : ''}`)
}

/** An answer that is too long to be read may carry anything: nothing is said of it. */
function assumeReadable(reply: Reply, what: string): void {
  if (reply.ended === 'too-large' && !reply.response)
    throw new Undecided('not-testable', `the answer to ${what} is longer than is read (${reply.bytes} bytes and more)`)
}

/** The control that a request is answered with a result; returns it. */
export function assumeResult(reply: Reply, what: string): Record<string, any> {
  const result = reply.response?.result
  assume(isObject(result), `${what} is answered with a result`, reply)
  return result
}

/** Ends the check: the server does not offer what the rule is about. */
export function notApplicable(reason: string): never {
  throw new Undecided('not-applicable', reason)
}

/** Ends the check: the operator has not given what it takes; says what to pass. */
export function notTestable(reason: string): never {
  throw new Undecided('not-testable', reason)
}

/** A reply in one line: status, media type and the start of its body, or what kept it from coming. */
export function describe(reply: Reply): string {
  if (reply.status === 0)
    return `no HTTP answer (${reply.error ? `${reply.error.kind}: ${reply.error.message}` : (reply.ended ?? 'nothing came')})`
  const body = (reply.matched ? JSON.stringify(reply.matched) : reply.beginning(2000).toString()).trim()
  const words = body.length > 300 ? `${body.slice(0, 300)}…` : body
  const end = reply.ended && reply.ended !== 'complete' && reply.ended !== 'closed' ? `, ended by ${reply.ended}` : ''
  return `HTTP ${reply.status}${reply.type ? ` ${reply.type}` : ''}${end}${words ? `: ${words}` : ', empty body'}`
}
