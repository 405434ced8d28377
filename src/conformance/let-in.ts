import { isCredential } from '../wire/headers.js'
import type { Fault, FaultRequest } from './fault.js'

/** The credential a request shows: the value of its first header that can carry one. */
export function shownIn(request: FaultRequest): string | undefined {
  return Object.entries(request.headers).find(([name]) => isCredential(name))?.[1]
}

/**
 * A server with a hole: requests that `when` picks are treated as if they came from the first caller who was served.
 * `change` may put other things right, as the path. Makes the fault of every check that keeps strangers out.
 */
export function letIn(
  when: (request: FaultRequest, shown: string | undefined, good: string) => boolean,
  change: (request: FaultRequest) => FaultRequest = (request) => request,
): () => Fault {
  return () => {
    const opened = new WeakSet<FaultRequest>()
    let good: Record<string, string> | undefined
    return {
      request(request) {
        if (!good || !when(request, shownIn(request), Object.values(good)[0]!)) return undefined
        opened.add(request)
        return change({ ...request, headers: { ...withoutCredentials(request), ...good } })
      },
      reply(reply, request) {
        if (good || opened.has(request) || reply.status >= 300 || shownIn(request) === undefined) return
        good = Object.fromEntries(Object.entries(request.headers).filter(([name]) => isCredential(name)))
      },
    }
  }
}

/** A server that takes a session id for its owner: requests in a session that `when` picks are treated as the owner's. */
export function takeForOwner(
  when: (request: FaultRequest, shown: string | undefined, owner: string) => boolean,
): () => Fault {
  return () => {
    const owners = new Map<string, Record<string, string>>()
    const learn = (key: string, request: FaultRequest) => {
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => isCredential(name)))
      if (!owners.has(key) && Object.keys(headers).length > 0) owners.set(key, headers)
    }
    return {
      request(request) {
        const owner = owners.get(request.headers['mcp-session-id'] ?? request.url)
        if (!owner || !when(request, shownIn(request), Object.values(owner)[0]!)) return undefined
        return { ...request, headers: { ...withoutCredentials(request), ...owner } }
      },
      reply(reply, request) {
        const id = reply.headers['mcp-session-id']
        if (typeof id === 'string' && !request.headers['mcp-session-id']) learn(id, request)
      },
      event(event, context) {
        if (event.event === 'endpoint') learn(event.data, context.request)
      },
    }
  }
}

function withoutCredentials(request: FaultRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => !isCredential(name)))
}
