import { isObject } from '../wire/jsonrpc.js'
import type { Answer } from './side.js'

/** What only results of revision 2026-07-28 carry. */
const modernMembers = new Set(['resultType', 'ttlMs', 'cacheScope'])

/** A picture without what only one era has in its results: for forms that speak across eras. */
export function eraless<T extends object>(picture: T): T {
  const areas = ['calls', 'reads', 'promptMessages', 'refusals', 'plain']
  return Object.fromEntries(
    Object.entries(picture).map(([area, value]) => [area, areas.includes(area) ? mapped(value) : value]),
  ) as T
}

function mapped(answers: Record<string, Answer>): Record<string, Answer> {
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, plainResult(answer)]))
}

function plainResult(answer: Answer): Answer {
  if (!('result' in answer) || !isObject(answer.result)) return answer
  const { _meta, ...rest } = answer.result
  const kept = Object.entries(isObject(_meta) ? _meta : {}).filter(
    ([key]) => !key.startsWith('io.modelcontextprotocol/'),
  )
  const meta = kept.length > 0 ? { _meta: Object.fromEntries(kept) } : {}
  return {
    ...answer,
    result: { ...Object.fromEntries(Object.entries(rest).filter(([key]) => !modernMembers.has(key))), ...meta },
  }
}
