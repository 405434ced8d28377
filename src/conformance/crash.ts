import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import { describe, expect } from './expect.js'

/** Text that only the inside of a program should ever see: the stack traces of common runtimes. */
const traces = [
  /\n\s+at .{1,300}:\d+:\d+\)?/,
  /Traceback \(most recent call last\)/,
  /\n\s*File "[^"\n]{1,300}", line \d+/,
  /\n\s+at [\w$.]+\([\w$]+\.(java|kt|scala):\d+\)/,
  /goroutine \d+ \[running\]/,
  /\n\s+at [\w.<>`]+\(.{0,300}\) in .{1,300}:line \d+/,
  /\bCannot read propert(y|ies) of (undefined|null)|\bis not a function\b|\bobject has no attribute '/,
]

/** True when the server asks for patience, which is always its right. */
export function throttled(reply: Reply): boolean {
  if (reply.status === 429 || (reply.status === 503 && reply.header('retry-after') !== undefined)) return true
  const { error, result } = reply.response ?? {}
  return /rate.?limit|too many (requests|calls)|throttl/i.test(
    JSON.stringify(error ?? (result?.isError === true ? result : '')),
  )
}

/** The request, however wrong it was, must be answered in an orderly way: no HTTP 5xx, no silence, no stack trace. */
export function expectNoCrash(reply: Reply, what: string): void {
  expect(reply.status !== 0, `${what} must be answered`, 'an HTTP answer', describe(reply))
  expect(reply.status < 500, `${what} must not make the server fail`, 'no HTTP 5xx', describe(reply))
  expect(!reply.ok || reply.response !== undefined, `${what} must be answered`, 'a JSON-RPC response', describe(reply))
  const { result, error } = reply.response ?? {}
  const said = reply.response === undefined ? reply.text : texts(result?.isError === true ? result : error).join('\n')
  const trace = traces.find((one) => one.test(said))?.exec(said)
  expect(
    !trace,
    `the answer to ${what} must not show the inside of the program`,
    'a message for the caller',
    trace?.[0].trim(),
  )
}

/** A tools/call that breaks the tool's input schema must not succeed: an error or isError is due, and no crash. */
export function expectNotServed(reply: Reply, what: string): void {
  expectNoCrash(reply, what)
  const result = reply.response?.result
  expect(
    !isObject(result) || result.isError === true,
    `${what} must not succeed`,
    'isError: true or a JSON-RPC error',
    describe(reply),
  )
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(texts)
}
