import type { Reply } from '../wire/reply.js'
import { describe, expect, expectError } from './expect.js'
import { type Fault, onError } from './fault.js'

/** The request was refused in an orderly way, whatever the code: no result, and either an HTTP 4xx or a JSON-RPC error. */
export function expectRejected(reply: Reply, what: string): void {
  const refused = reply.status < 500 && reply.status !== 0 && reply.ended !== 'timeout'
  const orderly = refused && (reply.status >= 400 || reply.response?.error !== undefined)
  expect(orderly && reply.response?.result === undefined, `${what} must be refused`, 'an error', describe(reply))
}

/** The request was answered with a JSON-RPC error that has one of the codes; the HTTP status is not looked at. */
export function expectCode(reply: Reply, codes: number | number[], what: string): void {
  const list = Array.isArray(codes) ? codes : [codes]
  const { code } = expectError(reply, what)
  expect(
    list.some((one) => one === code),
    `${what}: wrong error code`,
    `the code ${list.join(' or ')}`,
    describe(reply),
  )
}

/** A fault: errors with one code carry another. */
export function recodes(from: number, to: number): Fault {
  return onError((error) => (error.code === from ? { ...error, code: to } : error))
}

/** A fault: answers with an error of that code have another HTTP status. */
export function restates(code: number, status: number): Fault {
  return { reply: (reply) => (reply.body?.includes(`"code":${code}`) ? { ...reply, status } : undefined) }
}
