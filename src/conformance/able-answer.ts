import type { GiveAnswer } from '../wire/answering.js'
import { isObject } from '../wire/jsonrpc.js'
import { answersTo, contentFor } from './answers.js'

const answered = ['elicitation/create', 'sampling/createMessage', 'roots/list']

/**
 * What an able client answers to its server: forms are filled in, a URL is agreed to and never opened, and a model that is offered tools uses
 * one of them twice at once before it says anything.
 */
export const ableAnswer: GiveAnswer = ({ method, params = {} }) => {
  if (!answered.includes(String(method))) return undefined
  const uses = method === 'sampling/createMessage' ? toolUses(params) : []
  if (uses.length > 0) return { result: { role: 'assistant', model: 'gauntlet', stopReason: 'toolUse', content: uses } }
  const { answer } = answersTo({ inputRequests: { answer: { method, params } } })
  return answer && { result: answer }
}

function toolUses({ tools, toolChoice, messages }: Record<string, any>): object[] {
  const [tool] = Array.isArray(tools) ? tools.filter(isObject) : []
  const before = Array.isArray(messages) ? messages.flatMap((message: any) => message?.content ?? []) : []
  const used = before.some((block: unknown) => isObject(block) && block.type === 'tool_use')
  if (!tool || toolChoice?.mode === 'none' || used) return []
  const input = contentFor(tool.inputSchema)
  return ['first', 'second'].map((id) => ({ type: 'tool_use', id: `gauntlet-${id}`, name: tool.name, input }))
}
