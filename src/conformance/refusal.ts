import { isObject, isResponse, type Message } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { expectNoCrash, throttled } from './crash.js'
import { describe, expect, expectError } from './expect.js'
import { type Fault, type FaultSource, greeting } from './fault.js'

/** The request must be refused in an orderly way: a JSON-RPC error or HTTP 4xx, no result, no crash, no silence. */
export function expectNoResult(reply: Reply, what: string): void {
  if (throttled(reply)) return
  expectNoCrash(reply, what)
  expect(reply.response?.result === undefined, `${what} must be refused`, 'a JSON-RPC error', describe(reply))
}

/** The request must be answered with a JSON-RPC error of that code, or of one of them. */
export function expectErrorCode(reply: Reply, code: number | number[], what: string): void {
  if (throttled(reply)) return
  const { code: actual, ...error } = expectError(reply, what)
  const right = [code].flat().some((one) => one === actual)
  expect(right, `${what}: the error has another code than the one for this case`, code, { code: actual, ...error })
}

/** Sends these params to one method, side by side, and returns each with its answer and in words; some of them where each is dear. */
export function askAll<Params>(
  client: Client,
  method: string,
  all: readonly Params[],
): Promise<{ params: Params; reply: Reply; what: string }[]> {
  return Promise.all(
    client.sample(all, 8).map(async (params) => {
      const text = JSON.stringify(params) ?? 'left out'
      const what = `${method} with params ${text.length > 200 ? `${text.slice(0, 200)}… (${text.length} characters)` : text}`
      return { params, reply: await client.ask(method, params as Record<string, unknown> | undefined), what }
    }),
  )
}

/** True when the server hung up on a very long request, which is one way to refuse it. */
export function hungUpOn(params: unknown, reply: Reply): boolean {
  return JSON.stringify(params ?? null).length > 9999 && reply.status === 0 && reply.ended !== 'timeout'
}

/** A fault: the answer to `method` becomes what `change` returns of it, a `result` or an `error`; undefined leaves it. */
export function onAnswer(
  method: string | RegExp,
  change: (message: Message, params: any) => { result: unknown } | { error: unknown } | undefined,
): Fault {
  return {
    message(message, { call }) {
      const meant = typeof method === 'string' ? call?.method === method : method.test(String(call?.method))
      const changed = isResponse(message) && meant ? change(message, call?.params ?? {}) : undefined
      return changed && { jsonrpc: '2.0', id: message.id, ...changed }
    },
  }
}

/** A JSON-RPC error as the answer of a fault. */
export function rpcError(code: number, message = 'broken on purpose'): { error: unknown } {
  return { error: { code, message } }
}

/** A fault: `method` is answered with -32601, as if it did not exist. */
export function unknownMethod(method: string): Fault {
  return onAnswer(method, () => rpcError(-32601, 'Method not found'))
}

/** A fault: what `method` refuses is answered with this result all the same. */
export function servesRefused(method: string, result: (params: any) => unknown): Fault {
  return onAnswer(method, (message, params) => ('error' in message ? { result: result(params) } : undefined))
}

/** A fault: errors answered to `method` have another code. */
export function wrongCode(method: string, code: number): Fault {
  return onAnswer(method, (message) => ('error' in message ? { error: { ...message.error, code } } : undefined))
}

/** A fault in a server that declares more than the one behind it: `capabilities` are added to those of initialize. */
export function declaring(capabilities: Record<string, object>, source: FaultSource): FaultSource {
  return () => {
    const fault = typeof source === 'function' ? source() : source
    return {
      ...fault,
      message(message, context) {
        if (!greeting.test(String(context.call?.method)) || !isObject(message.result))
          return fault.message?.(message, context)
        return {
          ...message,
          result: { ...message.result, capabilities: { ...message.result.capabilities, ...capabilities } },
        }
      },
    }
  }
}
