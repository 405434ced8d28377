import { isObject } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { assume } from './expect.js'
import { type Fault, onResult } from './fault.js'
import { withOtherIds } from './other-ids.js'
import { everyRead } from './reads.js'
import { Undecided } from './violation.js'

/** The methods whose results carry caching hints. Spec: 2026-07-28/server/utilities/caching#cacheable-results. */
export const cacheable =
  /^(server\/discover|tools\/list|prompts\/list|resources\/list|resources\/templates\/list|resources\/read)$/

/** A complete result of such a method. */
export interface CacheableResult {
  result: Record<string, any>
  what: string
}

/** Every complete result of those methods that the server gave in the tour, pages and further reads included. */
export async function cacheableResults(client: Client): Promise<CacheableResult[]> {
  const survey = await client.survey()
  const again = await withOtherIds(client)
  const toured = [...survey.steps, ...again].flatMap(({ method, params, reply }) => {
    const result: unknown = reply.response?.result
    const what = `the result of ${method}${params?.cursor === undefined ? '' : ', further page'}`
    return cacheable.test(method) && isObject(result) ? [{ result, what }] : []
  })
  const reads = await everyRead(client).catch((thrown) => {
    if (thrown instanceof Undecided) return []
    throw thrown
  })
  const read = reads.map(({ uri, result }) => ({ result, what: `the result of resources/read of ${uri}` }))
  const all = [...toured, ...read].filter(({ result }) => (result.resultType ?? 'complete') === 'complete')
  assume(all.length > 0, 'a request whose result can be cached is answered with a result')
  return all
}

/** A fault: results of one of those methods have other hints. */
export function withHints(method: string, hints: (result: any, params: any) => object): Fault {
  return onResult(method, (result, _message, { call }) => ({ ...result, ...hints(result, call?.params ?? {}) }))
}
