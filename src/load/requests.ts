import { UsageError } from '../usage-error.js'
import type { Facts } from '../wire/facts.js'
import { ModernSession } from '../wire/modern.js'
import { withCanary } from './canary.js'
import { ask, saysNo, type Trial, whyUnusable } from './first-answer.js'
import { mirroring } from './mirroring.js'
import type { MeasuredRequest } from './plan.js'
import type { LoadOptions } from './plan-load.js'

/** What the user wants measured: the tools they named, a method, or what every server of its kind can be asked. Throws a UsageError for what no load can measure. */
export function wantedRequests(facts: Facts, { method, tools = [] }: LoadOptions): MeasuredRequest[] {
  if (method === 'tools/call' && tools.length === 0)
    throw new UsageError(
      `--method tools/call: name a tool that is safe to call with --tool name='{"json":"arguments"}'`,
    )
  if (method === 'subscriptions/listen')
    throw new UsageError(
      '--method subscriptions/listen: its answer stays open; --profile streams holds such streams while calls go on',
    )
  if (method !== undefined && method !== 'tools/call') return [{ method }]
  if (tools.length > 0)
    return tools.map(({ name, arguments: args }) => ({ method: 'tools/call', params: { name, arguments: args } }))
  return [{ method: facts.capabilities.tools ? 'tools/list' : toolless(facts) }]
}

/** What a server without tools can be asked; 2026-07-28 knows no ping. */
function toolless({ modern, capabilities }: Facts): string {
  if (!modern) return 'ping'
  if (modern.discover) return 'server/discover'
  return capabilities.resources ? 'resources/list' : 'prompts/list'
}

/**
 * The requests with their canaries and, in mode modern, the headers that mirror them, once each was tried. Where the server says that one is
 * wrong, the user has to mend it; where it fails otherwise, it is the server that is to be measured as it is.
 */
export async function triedRequests(
  trial: Trial,
  requests: readonly MeasuredRequest[],
  facts: Facts,
  named: boolean,
): Promise<MeasuredRequest[]> {
  const ready: MeasuredRequest[] = []
  for (const request of requests) {
    let reply = await ask(trial, request)
    if (whyUnusable(reply)) reply = await ask(trial, request)
    const problem = whyUnusable(reply)
    if (problem && trial.bare && facts.sessions && !whyUnusable(await ask({ ...trial, bare: false }, request)))
      throw new UsageError(
        `--mode stateless: ${facts.url} insists on sessions; without one it answered ${request.method} with ${problem}. Leave --mode out, or choose stateful`,
      )
    if (problem && named && saysNo(reply))
      throw new UsageError(`${asAsked(request)}: tried before the load, it failed: ${problem}`)
    if (facts.modern && reply.response?.result?.resultType === 'input_required')
      throw new UsageError(
        `${asAsked(request)}: it asks the client back before it answers (input_required), which no load can measure; name one that answers at once`,
      )
    const carrying = problem ? request : await withCanary(trial, request, reply)
    ready.push(trial.session instanceof ModernSession ? await mirroring(trial.session, carrying, request) : carrying)
  }
  return ready
}

function asAsked({ method, params }: MeasuredRequest): string {
  return method === 'tools/call' ? `--tool ${params?.name}` : `--method ${method}`
}
