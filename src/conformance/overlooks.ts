import { metaKey } from '../protocol/modern.js'
import { mirroredValue } from '../wire/header-value.js'
import { isObject, type Message } from '../wire/jsonrpc.js'
import type { Fault, FaultRequest } from './fault.js'

/** A fault: a server that never looks at a header and goes by the body alone. */
export function overlooksHeader(name: 'mcp-protocol-version' | 'mcp-method' | 'mcp-name'): Fault {
  return {
    request(request) {
      const right = request.message && mirrored(request.message)[name]
      if (right === undefined || request.headers[name] === right) return undefined
      return { ...request, headers: { ...request.headers, [name]: right } }
    },
  }
}

/** A fault: a server that goes on as if a member of `_meta` that is missing were there. */
export function overlooksMeta(key: keyof typeof metaKey, value: unknown): Fault {
  return {
    request(request) {
      if (!isObject(request.message) || !('id' in request.message)) return undefined
      const params = isObject(request.message.params) ? request.message.params : {}
      const meta = isObject(params._meta) ? params._meta : {}
      if (metaKey[key] in meta) return undefined
      return withMessage(request, {
        ...request.message,
        params: { ...params, _meta: { ...meta, [metaKey[key]]: value } },
      })
    },
  }
}

/** The request with another message as its body. */
export function withMessage(request: FaultRequest, message: Message): FaultRequest {
  return { ...request, message, body: JSON.stringify(message) }
}

function mirrored({ method, params }: Message): Record<string, string | undefined> {
  const name: unknown = method === 'resources/read' ? params?.uri : params?.name
  const version: unknown = params?._meta?.[metaKey.protocolVersion]
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    'mcp-protocol-version': text(version),
    'mcp-method': text(method),
    'mcp-name': typeof name === 'string' ? mirroredValue(name) : undefined,
  }
}
