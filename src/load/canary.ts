import type { Reply } from '../wire/reply.js'
import { ask, type Trial, whyUnusable } from './first-answer.js'
import type { MeasuredRequest } from './plan.js'
import { canaryOf, ids } from './request.js'

/** Texts shorter than this stand in too many answers by chance. */
const shortest = 3

/** How many texts are tried. */
const most = 3

/**
 * Finds out where a request can carry a canary: a text argument that the first answer repeats, and whose repetition follows when something is
 * appended. The request is returned with `{canary}` at that place; as it was when there is none. One that holds `{canary}` already keeps it, and
 * its answers are judged by it when they repeat it.
 */
export async function withCanary(trial: Trial, request: MeasuredRequest, first: Reply): Promise<MeasuredRequest> {
  const canary = canaryOf(ids.last)
  if (JSON.stringify(request.params ?? {}).includes('{canary}'))
    return answerOf(first).includes(canary) ? { ...request, echoes: true } : request
  const args = request.method === 'tools/call' ? request.params?.arguments : undefined
  const candidates = textsIn(args).filter((text) => text.length >= shortest && answerOf(first).includes(escaped(text)))
  for (const text of [...new Set(candidates)].slice(0, most)) {
    for (const mark of [' {canary}', '-{canary}']) {
      const marked = { ...request, params: { ...request.params, arguments: replaced(args, text, text + mark) } }
      const reply = await ask(trial, marked)
      if (!whyUnusable(reply) && answerOf(reply).includes(canary) && alike(first, reply, text, text + mark))
        return { ...marked, echoes: true }
    }
  }
  return request
}

/** True when the two answers differ by little more than the text they repeat: "no data for …" is another answer, and another load. */
function alike(first: Reply, second: Reply, text: string, longer: string): boolean {
  const rest = (reply: Reply, repeated: string) => answerOf(reply).replaceAll(escaped(repeated), '').length
  const canary = canaryOf(ids.last)
  const [before, after] = [rest(first, text), rest(second, longer.replace('{canary}', canary))]
  return after >= before * 0.6 && after <= before * 1.7
}

function answerOf(reply: Reply): string {
  return JSON.stringify(reply.response?.result ?? {})
}

/** A text as it stands within JSON. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** A copy in which the first member that is `text` is `other`. */
function replaced(value: unknown, text: string, other: string): unknown {
  let done = false
  const walk = (one: unknown): unknown => {
    if (one === text && !done) {
      done = true
      return other
    }
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, walk(member)]))
  }
  return walk(value)
}
