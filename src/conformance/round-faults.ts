import { metaKey } from '../protocol/modern.js'
import { isModern, isRevision } from '../protocol/revisions.js'
import { isObject, type Message } from '../wire/jsonrpc.js'
import { serverAsks } from './client-features.js'
import { type Fault, type FaultRequest, onResult } from './fault.js'
import { withMessage } from './overlooks.js'

/** The methods whose calls may be answered with questions. */
const asking = /^(tools\/call|resources\/read|prompts\/get)$/

/** A fault: results that ask for input are others. */
export function onQuestions(change: (result: any, message: Message) => unknown): Fault {
  return onResult(asking, (result, message) =>
    result?.resultType === 'input_required' ? change(result, message) : result,
  )
}

/** A fault: requests for input have other params. */
function onElicitations(change: (params: any) => unknown): Fault {
  return onQuestions((result) => ({
    ...result,
    inputRequests: Object.fromEntries(
      Object.entries<any>(result.inputRequests ?? {}).map(([key, request]) => [
        key,
        request.method === 'elicitation/create' ? { ...request, params: change(request.params) } : request,
      ]),
    ),
  }))
}

/** A fault: forms become URLs, with these params; in older revisions the server asks for one beside its answers to calls. */
export function sendsToUrl(params: object): Fault {
  const url = { mode: 'url', url: 'https://weather.example/enter', ...params }
  return inEitherWay(
    serverAsks('elicitation/create', 'tools/call', { message: 'Sign in', elicitationId: 'one', ...url }),
    onElicitations(({ message }) => ({ ...url, message })),
  )
}

/** A fault: the server asks its client with params that do not fit, in the way of the revision in use. */
export function asksUnfitly(method: string, params: unknown): Fault {
  const older = serverAsks(method, 'tools/call', params)
  const modern = onQuestions((result) => ({
    ...result,
    inputRequests: { ...result.inputRequests, unfit: { method, params } },
  }))
  return inEitherWay(older, modern)
}

/** A fault: messages are changed by the one in sessions with a handshake, by the other in 2026-07-28. */
export function inEitherWay(older: Fault, modern: Fault = {}): Fault {
  return {
    message: (message, context) => (isModernCall(context.call) ? modern : older).message?.(message, context),
  }
}

function isModernCall(call: Message | undefined): boolean {
  const version: unknown = call?.params?._meta?.[metaKey.protocolVersion]
  return isRevision(version) && isModern(version)
}

/** A fault: retries (calls with answers or a state) reach the server with other params. */
export function onRetry(change: (params: any, request: FaultRequest) => object | undefined): Fault {
  return {
    request(request) {
      const { message } = request
      const params: unknown = message?.params
      if (!message || !isObject(params) || !('inputResponses' in params || 'requestState' in params)) return undefined
      const changed = change(params, request)
      return changed && withMessage(request, { ...message, params: changed })
    },
  }
}

/** A fault: what a client declares is found by `find` instead of in its request. */
export function capabilitiesFrom(find: (own: any, request: FaultRequest) => unknown): Fault {
  return {
    request(request) {
      const { message } = request
      const meta = message?.params?._meta
      if (!message || !isObject(meta) || !(metaKey.clientCapabilities in meta)) return undefined
      const found = find(meta[metaKey.clientCapabilities], request)
      return withMessage(request, {
        ...message,
        params: { ...message.params, _meta: { ...meta, [metaKey.clientCapabilities]: found } },
      })
    },
  }
}
