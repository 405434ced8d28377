import { isModern, type Revision } from '../protocol/revisions.js'
import { isEndless, isObject, request } from '../wire/jsonrpc.js'
import { ModernSession, type SubscriptionFilter } from '../wire/modern.js'
import { openSession } from '../wire/open.js'
import type { Peer } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import type { Seed } from '../wire/seed.js'
import type { Received, Session } from '../wire/session.js'
import type { RunContext } from './client.js'
import type { NamedTool } from './given.js'
import { offersSubscriptions } from './needs.js'
import { type Subscription, subscribe } from './subscriptions.js'

/** One step of the tour: what was asked, under which label, and what came back. */
export interface Step {
  /** `initialize` or `server/discover`, a method name, or a method name with what was wrong about the call, as `tools/call unknown`. */
  label: string
  method: string
  params?: Record<string, unknown>
  reply: Reply
}

/** A call of a tool the operator named, with progress asked for. */
export interface ToolCall extends Step {
  tool: NamedTool
  /** The tool as tools/list shows it; undefined when it is not listed. */
  definition?: Record<string, any>
  progressToken: string
}

/** The most items that are read or fetched per kind. */
const sample = 5

/** The most items of a list that are judged one by one, and the most bytes of all its pages. */
const mostItems = 2000
const mostBytes = 8 << 20

/**
 * A tour of everything harmless a server offers at one revision, made once per run: lists with all their pages, a sample of reads
 * and prompts, the usual errors, and the tools the operator named. Checks that judge messages rather than behaviour look here.
 */
export class Survey {
  readonly steps: Step[] = []
  readonly toolCalls: ToolCall[] = []
  tools: Record<string, any>[] = []
  resources: Record<string, any>[] = []
  templates: Record<string, any>[] = []
  prompts: Record<string, any>[] = []
  /** URIs of the resources whose updates the tour asked for. */
  subscribed: string[] = []
  /** A second session in which nothing is asked: whatever it receives was meant for somebody else. Only where there are sessions. */
  bystander?: Session

  /** The subscription of 2026-07-28 to everything the server declares, open until the run ends, and what it asked for. */
  listening?: Subscription

  /** How many messages had come 200 ms after the last step: whatever comes later belongs to none of them. */
  settledAt = Number.POSITIVE_INFINITY

  private constructor(
    readonly session: Session,
    private readonly seed: Seed,
    /** Under this name it makes things up. */
    private readonly name: string,
  ) {}

  /** Makes the tour, or a brief one that listens to nothing beside. Never throws for what the server does: steps that failed stand in `steps` as they are. */
  static async make(context: RunContext, revision: Revision, brief = false): Promise<Survey> {
    const { record: _, ...peer } = context.peer
    const remembers = !brief && (context.facts.sessions || context.facts.transport === 'http+sse')
    const [session, bystander] = await Promise.all([
      openSession(peer as Peer, context.facts.transport, revision),
      remembers ? listener(context, revision) : undefined,
    ])
    const survey = new Survey(session, context.seed, `survey at ${revision}`)
    if (bystander) survey.bystander = bystander
    const opening = isModern(revision) ? 'server/discover' : 'initialize'
    survey.steps.push({ label: opening, method: opening, reply: session.opening })
    context.shared.keep(session)
    // What was declared at another revision need not be offered at this one.
    const declared = brief ? session.opening.response?.result?.capabilities : undefined
    const capabilities: Record<string, any> = isObject(declared) ? declared : context.facts.capabilities
    if (!brief && context.facts.getStream) await session.get()
    await survey.lists(capabilities)
    if (session instanceof ModernSession && offersSubscriptions(context.facts)) await survey.subscribe(session, context)
    if (!brief && (session.id || session.transport === 'http+sse')) await survey.listen(capabilities)
    await Promise.all([
      survey.reads(),
      survey.promptGets(),
      survey.completions(capabilities),
      survey.errors(capabilities),
      survey.calls(context.given.tools),
    ])
    const settle = () => {
      survey.settledAt = session.received.length
    }
    setTimeout(settle, 200).unref()
    return survey
  }

  /** Every message the server sent in the session of the tour, over all channels; it is listened to until the run ends. */
  get received(): readonly Received[] {
    return this.session.received
  }

  /** The first step with that label. */
  step(label: string): Step | undefined {
    return this.steps.find((step) => step.label === label)
  }

  /** Every step with that label: the pages of a list, the reads of a sample. */
  all(label: string): Step[] {
    return this.steps.filter((step) => step.label === label)
  }

  /** Every `result` object that answered `method`. */
  results(method: string): Record<string, any>[] {
    const found = this.steps.filter((step) => step.method === method).map((step) => step.reply.response?.result)
    return found.filter(isObject)
  }

  private async ask(label: string, method: string, params?: Record<string, unknown>): Promise<Step> {
    const reply = await this.session.request(method, params)
    const step: Step = { label, method, ...(params ? { params } : {}), reply }
    this.steps.push(step)
    return step
  }

  private async lists(capabilities: Record<string, any>): Promise<void> {
    const jobs: Promise<unknown>[] = this.session instanceof ModernSession ? [] : [this.ask('ping', 'ping')]
    if (capabilities.tools) jobs.push(this.pages('tools/list', 'tools').then((items) => (this.tools = items)))
    if (capabilities.prompts) jobs.push(this.pages('prompts/list', 'prompts').then((items) => (this.prompts = items)))
    if (capabilities.resources) {
      jobs.push(this.pages('resources/list', 'resources').then((items) => (this.resources = items)))
      jobs.push(this.pages('resources/templates/list', 'resourceTemplates').then((items) => (this.templates = items)))
    }
    await Promise.all(jobs)
  }

  private async pages(method: string, member: string): Promise<Record<string, any>[]> {
    const items: Record<string, any>[] = []
    const seen = new Set<unknown>()
    let cursor: unknown
    let bytes = 0
    do {
      const { reply } = await this.ask(method, method, cursor === undefined ? undefined : { cursor })
      const result = reply.response?.result
      if (Array.isArray(result?.[member])) items.push(...result[member].filter(isObject))
      cursor = result?.nextCursor
      bytes += reply.bytes
      if (seen.has(cursor) || isEndless(cursor) || bytes > mostBytes) break
      seen.add(cursor)
    } while (cursor !== undefined && cursor !== null && seen.size < 50)
    return items.slice(0, mostItems)
  }

  /** Asks for the notifications a server offers: all log levels, updates of a sample of resources. */
  private async listen(capabilities: Record<string, any>): Promise<void> {
    if (capabilities.logging) await this.ask('logging/setLevel', 'logging/setLevel', { level: 'debug' })
    if (!capabilities.resources?.subscribe) return
    const known = this.resources.filter((resource) => typeof resource.uri === 'string').slice(0, sample)
    this.subscribed = known.map(({ uri }) => uri)
    await Promise.all(known.map(({ uri }) => this.ask('resources/subscribe', 'resources/subscribe', { uri })))
  }

  /** Subscribes to every kind of notification the server declares, and to updates of a sample of resources. */
  private async subscribe(session: ModernSession, { facts }: RunContext): Promise<void> {
    const { tools, prompts, resources } = facts.capabilities
    const known = this.resources.filter((resource) => typeof resource.uri === 'string').slice(0, sample)
    if (resources?.subscribe) this.subscribed = known.map(({ uri }) => uri)
    const filter: SubscriptionFilter = {
      ...(tools?.listChanged ? { toolsListChanged: true } : {}),
      ...(prompts?.listChanged ? { promptsListChanged: true } : {}),
      ...(resources?.listChanged ? { resourcesListChanged: true } : {}),
      ...(this.subscribed.length > 0 ? { resourceSubscriptions: this.subscribed } : {}),
    }
    this.listening = await subscribe(session, filter)
  }

  private async reads(): Promise<void> {
    const readable = this.resources.filter((resource) => typeof resource.uri === 'string').slice(0, sample)
    await Promise.all(readable.map((resource) => this.ask('resources/read', 'resources/read', { uri: resource.uri })))
  }

  private async promptGets(): Promise<void> {
    const usable = this.prompts.filter((prompt) => typeof prompt.name === 'string').slice(0, sample)
    await Promise.all(
      usable.map((prompt) =>
        this.ask('prompts/get', 'prompts/get', { name: prompt.name, arguments: promptArguments(prompt) }),
      ),
    )
  }

  private async completions(capabilities: Record<string, any>): Promise<void> {
    if (!capabilities.completions) return
    const prompt = this.prompts.find((one) => Array.isArray(one.arguments) && one.arguments.length > 0)
    if (prompt) {
      const ref = { type: 'ref/prompt', name: prompt.name }
      await this.ask('completion/complete', 'completion/complete', {
        ref,
        argument: { name: prompt.arguments[0].name, value: '' },
      })
    }
    const template = this.templates.find((one) => /\{[+#./;?&]?\w+/.test(String(one.uriTemplate)))
    if (!template) return
    const name = /\{[+#./;?&]?(\w+)/.exec(template.uriTemplate)![1]!
    await this.ask('completion/complete', 'completion/complete', {
      ref: { type: 'ref/resource', uri: template.uriTemplate },
      argument: { name, value: '' },
    })
  }

  private async errors(capabilities: Record<string, any>): Promise<void> {
    const canary = this.seed.canary(this.name)
    const jobs = [this.ask('unknown method', `gauntlet/${canary}`)]
    if (capabilities.tools) {
      jobs.push(this.ask('tools/call unknown', 'tools/call', { name: canary, arguments: {} }))
      jobs.push(this.ask('tools/call without name', 'tools/call', { arguments: {} }))
      jobs.push(this.ask('tools/list bad cursor', 'tools/list', { cursor: canary }))
    }
    if (capabilities.resources)
      jobs.push(this.ask('resources/read unknown', 'resources/read', { uri: `gauntlet-canary:///${canary}` }))
    if (capabilities.prompts) jobs.push(this.ask('prompts/get unknown', 'prompts/get', { name: canary }))
    await Promise.all(jobs)
  }

  private async calls(tools: readonly NamedTool[]): Promise<void> {
    await Promise.all(
      tools.map(async (tool) => {
        const progressToken = this.seed.canary(this.name, 'gauntlet')
        const params = { name: tool.name, arguments: tool.arguments, _meta: { progressToken } }
        const reply = await this.session.post(request('tools/call', params))
        const definition = this.tools.find((one) => one.name === tool.name)
        const call: ToolCall = {
          label: 'tools/call',
          method: 'tools/call',
          params,
          reply,
          tool,
          progressToken,
          ...(definition ? { definition } : {}),
        }
        this.steps.push(call)
        this.toolCalls.push(call)
      }),
    )
  }
}

async function listener(context: RunContext, revision: Revision): Promise<Session> {
  const { record: _, ...peer } = context.peer
  const session = context.shared.keep(await openSession(peer, context.facts.transport, revision))
  if (context.facts.getStream) await session.get()
  return session
}

/** Arguments for a prompt: every declared argument as a short harmless text. */
export function promptArguments(prompt: Record<string, any>): Record<string, string> {
  const declared = Array.isArray(prompt.arguments) ? prompt.arguments.filter(isObject) : []
  return Object.fromEntries(declared.map((argument) => [String(argument.name), 'gauntlet']))
}
