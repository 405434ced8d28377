import type { Json } from '../../core/types.js'
import { MINE } from '../resources.js'
import { type ModernFault, must, ofTool, result, should } from './fault.js'

/** Faults of caching hints. */
export const cachingFaults: ModernFault[] = [
  must(
    'caching/no-hints-on-templates',
    'caching-hints-present',
    'J',
    'templates come without hints',
    result('resources/templates/list', (one) => {
      delete one.ttlMs
      delete one.cacheScope
    }),
  ),
  must(
    'caching/no-scope-on-reads',
    'caching-hints-present',
    'S',
    'resources/read has no cacheScope',
    result('resources/read', (one) => {
      delete one.cacheScope
    }),
  ),
  must(
    'caching/no-hints-on-second-page',
    'caching-hints-present',
    'M',
    'the second page of tools has no hints',
    result('tools/list', (one, turn) => {
      if (turn.params.cursor !== undefined) delete one.ttlMs
    }),
  ),
  must(
    'caching/negative',
    'caching-ttl-non-negative',
    'M',
    'resources/read goes stale in the past',
    result('resources/read', (one) => {
      one.ttlMs = -1
    }),
  ),
  must(
    'caching/fraction',
    'caching-ttl-integer',
    'J',
    'prompts/list lives for half a millisecond more',
    result('prompts/list', (one) => {
      one.ttlMs = 1000.5
    }),
  ),
  must(
    'caching/shared',
    'caching-scope-enum',
    'S',
    'the scope of discover is "shared"',
    result('server/discover', (one) => {
      one.cacheScope = 'shared'
    }),
  ),
  must(
    'caching/scope-per-page',
    'caching-scope-same-across-pages',
    'J',
    'later pages of resources are private',
    result('resources/list', (one, turn) => {
      if (turn.params.cursor !== undefined) one.cacheScope = 'private'
    }),
  ),
  must(
    'caching/question-cacheable',
    'caching-input-required-no-hints',
    'J',
    'a question carries hints',
    ofTool('book_table', (one) => {
      if (one.resultType === 'input_required') Object.assign(one, { ttlMs: 0, cacheScope: 'private' })
    }),
  ),
  must(
    'caching/mine-is-public',
    'caching-public-not-user-specific',
    'JK',
    'notes of one user are public',
    result('resources/read', (one, turn) => {
      if (turn.params.uri === MINE) one.cacheScope = 'public'
    }),
  ),
  must(
    'tools/list-per-connection',
    'tools-list-not-connection-dependent',
    'J',
    'tools are hidden on connections that called one',
    (base) => {
      const used = new WeakSet<object>()
      return {
        async dispatch(turn) {
          const { socket } = turn.visit.req
          if (turn.method === 'tools/call') used.add(socket)
          const reply = await base.dispatch(turn)
          if (turn.method === 'tools/list' && used.has(socket) && 'result' in reply) {
            reply.result.tools = (reply.result.tools as Json[]).slice(0, -1)
          }
          return reply
        },
      }
    },
  ),
  should('tools/list-shuffled', 'tools-list-deterministic-order', 'S', 'every other list is turned round', (base) => {
    let times = 0
    return result('tools/list', (one) => {
      times += 1
      if (times % 2 === 0) (one.tools as Json[]).reverse()
    })(base)
  }),
]
