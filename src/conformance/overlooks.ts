import { metaKey, modernCodes } from '../protocol/modern.js'
import { mirroredValue } from '../wire/header-value.js'
import { isObject, type Message } from '../wire/jsonrpc.js'
import { type Fault, type FaultRequest, instead, json } from './fault.js'

/** A fault: a server that goes by the body alone wherever a header has one of the values that `when` picks; all wrong ones by default. */
export function overlooksHeader(
  name: 'mcp-protocol-version' | 'mcp-method' | 'mcp-name',
  when: (value: string | undefined, right: string) => boolean = () => true,
): Fault {
  return {
    request(request) {
      const right = request.message && mirrored(request.message)[name]
      const value = request.headers[name]
      if (right === undefined || value === right || !when(value, right)) return undefined
      return { ...request, headers: { ...request.headers, [name]: right } }
    },
  }
}

/** The same for the headers of arguments; a parameter's header has the parameter's name. */
export function overlooksArguments(when: (value: string | undefined, right: string) => boolean): Fault {
  return {
    request(request) {
      const args: unknown = request.message?.method === 'tools/call' ? request.message.params?.arguments : undefined
      const wrong = Object.entries(isObject(args) ? args : {}).flatMap(([name, argument]) => {
        const [header, right] = [`mcp-param-${name.toLowerCase()}`, mirroredValue(String(argument))]
        const value = request.headers[header]
        return argument !== null && value !== right && when(value, right) ? [[header, right]] : []
      })
      return wrong.length === 0
        ? undefined
        : { ...request, headers: { ...request.headers, ...Object.fromEntries(wrong) } }
    },
  }
}

/** A fault: calls that `when` picks are refused with HeaderMismatch. */
export function mismatches(when: (request: FaultRequest) => boolean): Fault {
  const error = { code: modernCodes.headerMismatch, message: 'Header mismatch' }
  return instead(when, ({ message }) => json(400, { jsonrpc: '2.0', id: message?.id, error }))
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
