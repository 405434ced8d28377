import { page } from '../content/pages.js'
import { complete, describePrompts, getPrompt } from '../content/prompts.js'
import { changeSubscription, describeResources, describeTemplates, readResource } from '../content/resources.js'
import { describeTool, TOOL_CARDS } from '../content/tool-cards.js'
import { callTool } from '../content/tools.js'
import { isObject, Refusal, shapeOf } from './jsonrpc.js'
import { severity } from './session.js'
import type { Json, Reply, Turn } from './types.js'

/** Revisions the server speaks, newest first. */
export const REVISIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']

function initialize(turn: Turn): Json {
  const { capabilities, clientInfo, protocolVersion } = turn.params
  if (typeof protocolVersion !== 'string' || !isObject(capabilities) || !isObject(clientInfo)) {
    throw new Refusal(-32602, 'initialize needs protocolVersion, capabilities and clientInfo')
  }
  const { world, revision } = turn.ex
  return {
    protocolVersion: revision,
    capabilities: world.policy.facts.capabilities(revision, world),
    serverInfo: world.policy.facts.serverInfo(revision),
    instructions: 'A ledger with a parrot.',
  }
}

function setLevel(turn: Turn): Json {
  const { level } = turn.params
  if (typeof level !== 'string' || severity(level) < 0) throw new Refusal(-32602, 'there is no such log level')
  if (turn.ex.session !== undefined) turn.ex.session.level = level
  return {}
}

/** What the capabilities say decides which methods exist. */
function offered(turn: Turn): Json {
  const { world, revision } = turn.ex
  return world.policy.facts.capabilities(revision, world)
}

/** Answers any request the way a correct server does. */
export async function answer(turn: Turn): Promise<Reply> {
  const { method, ex } = turn
  const resources = offered(turn).resources
  const subscribable = isObject(resources) && resources.subscribe === true
  if (method === 'ping') return { result: {} }
  if (method === 'initialize') return { result: initialize(turn) }
  if (method === 'tools/list') {
    const tools = TOOL_CARDS.map((card) => describeTool(card, shapeOf(ex)))
    return { result: page(turn, 'tools', tools) }
  }
  if (method === 'tools/call') return callTool(turn)
  if (method === 'resources/list') return { result: page(turn, 'resources', describeResources(shapeOf(ex))) }
  if (method === 'resources/templates/list') {
    return { result: page(turn, 'resourceTemplates', describeTemplates(shapeOf(ex))) }
  }
  if (method === 'resources/read') return { result: readResource(turn) }
  if (method === 'resources/subscribe' && subscribable) return { result: changeSubscription(turn, true) }
  if (method === 'resources/unsubscribe' && subscribable) return { result: changeSubscription(turn, false) }
  if (method === 'prompts/list') return { result: page(turn, 'prompts', describePrompts(shapeOf(ex))) }
  if (method === 'prompts/get') return { result: getPrompt(turn) }
  if (method === 'completion/complete' && 'completions' in offered(turn)) return { result: complete(turn) }
  if (method === 'logging/setLevel' && 'logging' in offered(turn)) return { result: setLevel(turn) }
  throw new Refusal(-32601, `this server has no method ${JSON.stringify(method.slice(0, 60))}`)
}

/** Turns thrown refusals and accidents into error replies. */
export async function answerSafely(turn: Turn): Promise<Reply> {
  try {
    return await answer(turn)
  } catch (failure) {
    if (turn.signal.aborted) throw failure
    if (failure instanceof Refusal) return { error: failure.toError() }
    return { error: { code: -32603, message: 'something went wrong inside' } }
  }
}
