import { type Fault, onError } from './fault.js'

/** A fault: errors with one code carry another. */
export function recodes(from: number, to: number): Fault {
  return onError((error) => (error.code === from ? { ...error, code: to } : error))
}

/** A fault: answers with an error of that code have another HTTP status. */
export function restates(code: number, status: number): Fault {
  return { reply: (reply) => (reply.body?.includes(`"code":${code}`) ? { ...reply, status } : undefined) }
}
