import { makeCursor, page } from '../content/pages.js'
import { complete } from '../content/prompts.js'
import { ACCOUNTS } from '../content/resources.js'
import { describeTool, TOOL_CARDS } from '../content/tool-cards.js'
import { isObject } from '../core/jsonrpc.js'
import type { Json, Policy, Turn } from '../core/types.js'
import { declare, type Fault, instead, must, onResponse, onResult, recode, should } from './fault.js'

const at =
  (method: string) =>
  (turn: Turn): boolean =>
    turn.method === method
const isComplete = at('completion/complete')
const hidden =
  (key: string) =>
  (base: Policy): Partial<Policy> =>
    declare(base, (capabilities) => Object.fromEntries(Object.entries(capabilities).filter(([name]) => name !== key)))

const badCursor = 'pagination-invalid-cursor-32602'
const cards = (turn: Turn): Json[] => TOOL_CARDS.map((card) => describeTool(card, turn.ex.revision))

/** Answers every cursor error of tools/list with something else. */
function cursorError(make: (turn: Turn) => Json): (base: Policy) => Partial<Policy> {
  return (base) => ({
    async dispatch(turn) {
      const reply = await base.dispatch(turn)
      return turn.method === 'tools/list' && 'error' in reply ? { result: make(turn) } : reply
    },
  })
}

/** Faults of completion. */
export const completionFaults: Fault[] = [
  must(
    'completion/undeclared',
    'completion-capability-declared',
    'LJ',
    'completion works but is not declared',
    hidden('completions'),
  ),
  must('completion/too-many', 'completion-max-100', 'FJ LS', 'all 130 values are returned at once', (base) =>
    onResult(base, 'completion/complete', (result, turn) => {
      const { ref, argument } = turn.params
      const all = isObject(ref) && ref.type === 'ref/resource' && isObject(argument) && argument.value === ''
      if (all) result.completion = { values: ACCOUNTS, total: ACCOUNTS.length, hasMore: false }
    }),
  ),
  should(
    'completion/unsupported-code',
    'completion-unsupported-32601',
    'LJ',
    'without completion the code is -32600',
    (base) => ({
      ...hidden('completions')(base),
      ...instead(base, (turn) =>
        isComplete(turn) ? { error: { code: -32600, message: 'no completion' } } : undefined,
      ),
    }),
  ),
  should(
    'completion/unknown-prompt',
    'completion-unknown-prompt-32602',
    'FS',
    'an unknown prompt has no values',
    (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        const prompt = isObject(turn.params.ref) && turn.params.ref.type === 'ref/prompt'
        return isComplete(turn) && prompt && 'error' in reply ? { result: { completion: { values: [] } } } : reply
      },
    }),
  ),
  should(
    'completion/missing-argument',
    'completion-missing-argument-32602',
    'LS',
    'a missing argument gets -32603',
    (base) => recode(base, -32602, -32603, (turn) => isComplete(turn) && !isObject(turn.params.argument)),
  ),
  must('completion/unchecked', 'completion-inputs-validated', 'FJ', 'values of other types are completed', (base) => ({
    async dispatch(turn) {
      const { argument } = turn.params
      if (!isComplete(turn) || !isObject(argument) || typeof argument.value === 'string') return base.dispatch(turn)
      return { result: complete({ ...turn, params: { ...turn.params, argument: { ...argument, value: '' } } }) }
    },
  })),
  must(
    'completion/bad-ref-crash',
    'completion-inputs-validated',
    'LJ',
    'a ref of an unknown type ends in HTTP 500',
    (base) => ({
      async dispatch(turn) {
        const { ref } = turn.params
        if (isComplete(turn) && isObject(ref) && !String(ref.type).startsWith('ref/')) throw new Error('crash')
        return base.dispatch(turn)
      },
    }),
  ),
]

/** Faults of pagination. */
export const paginationFaults: Fault[] = [
  must('pagination/loop', 'pagination-terminates', 'FJ', 'the last page leads back to the first', (base) =>
    onResult(base, 'tools/list', (result) => {
      result.nextCursor ??= makeCursor('tools', 0)
    }),
  ),
  must('pagination/same-cursor', 'pagination-terminates', 'LS', 'the last page leads to itself', (base) =>
    onResult(base, 'tools/list', (result, turn) => {
      if (turn.params.cursor !== undefined) result.nextCursor ??= turn.params.cursor
    }),
  ),
  must('pagination/null-cursor', 'pagination-terminates', 'LJ CH', 'the last page has nextCursor null', (base) =>
    onResult(base, 'tools/list', (result) => {
      result.nextCursor ??= null
    }),
  ),
  must(
    'pagination/empty-pages',
    'pagination-terminates',
    'FS',
    'empty pages with new cursors follow for ever',
    (base) => {
      let extra = 0
      return {
        async dispatch(turn) {
          const { cursor } = turn.params
          if (turn.method !== 'resources/list') return base.dispatch(turn)
          if (String(cursor).startsWith('more-')) return { result: { resources: [], nextCursor: `more-${extra++}` } }
          const reply = await base.dispatch(turn)
          if ('result' in reply) reply.result.nextCursor ??= `more-${extra++}`
          return reply
        },
      }
    },
  ),
  must(
    'pagination/prompts-loop',
    'pagination-terminates',
    'FJ',
    'prompts/list has one page but always a cursor',
    (base) => ({
      async dispatch(turn) {
        if (turn.method !== 'prompts/list') return base.dispatch(turn)
        const { cursor: _cursor, ...params } = turn.params
        const reply = await base.dispatch({ ...turn, params })
        return 'result' in reply ? { result: { ...reply.result, nextCursor: makeCursor('prompts', 0) } } : reply
      },
    }),
  ),
  should(
    'pagination/garbage-first',
    badCursor,
    'FJ',
    'a garbage cursor starts over',
    cursorError((turn) => page({ ...turn, params: {} }, 'tools', cards(turn))),
  ),
  should(
    'pagination/garbage-empty',
    badCursor,
    'LS',
    'a garbage cursor gives an empty page',
    cursorError(() => ({ tools: [] })),
  ),
  should('pagination/garbage-code', badCursor, 'CH', 'a garbage cursor gets -32603', (base) =>
    recode(base, -32602, -32603, at('tools/list')),
  ),
  should(
    'pagination/garbage-crash',
    'pagination-invalid-cursor-graceful',
    'LJ',
    'a garbage cursor ends in HTTP 500',
    (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        if (turn.method === 'tools/list' && 'error' in reply) throw new Error('crash')
        return reply
      },
    }),
  ),
  should('pagination/cursor-once', 'pagination-stable-cursors', 'FS', 'a cursor works once', (base) => {
    const spent = new WeakMap<object, Set<unknown>>()
    return instead(base, (turn) => {
      const { cursor } = turn.params
      const { session } = turn.ex
      if (turn.method !== 'tools/list' || typeof cursor !== 'string' || session === undefined) return undefined
      const used = spent.get(session) ?? new Set()
      spent.set(session, used)
      if (used.has(cursor)) return { error: { code: -32602, message: 'this cursor is spent' } }
      used.add(cursor)
      return undefined
    })
  }),
  should('pagination/shuffled', 'pagination-stable-cursors', 'LJ', 'the order changes from call to call', (base) => {
    let turns = 0
    return {
      async dispatch(turn) {
        if (turn.method !== 'tools/list') return base.dispatch(turn)
        const reply = await base.dispatch(turn)
        if ('error' in reply) return reply
        const all = cards(turn)
        const shift = turns++ % all.length
        return { result: page(turn, 'tools', [...all.slice(shift), ...all.slice(0, shift)]) }
      },
    }
  }),
]

/** Faults of ping. */
export const pingFaults: Fault[] = [
  must('ping/unknown', 'ping-answered', 'LJ CH', 'ping is an unknown method', (base) =>
    instead(base, (turn) => (turn.method === 'ping' ? { error: { code: -32601, message: 'no ping' } } : undefined)),
  ),
  must('ping/pong', 'ping-answered', 'FS', 'ping is answered with the text pong', (base) =>
    onResponse(base, (message, turn) => (turn.method === 'ping' ? { ...message, result: 'pong' } : message)),
  ),
  must('ping/with-data', 'ping-answered', 'FJ', 'ping is answered with a time', (base) =>
    onResult(base, 'ping', (result) => {
      result.time = Date.now()
    }),
  ),
  must('ping/second-fails', 'ping-answered', 'FS', 'the second ping of a session is refused', (base) => {
    const seen = new WeakSet<object>()
    return instead(base, (turn) => {
      const { session } = turn.ex
      if (turn.method !== 'ping' || session === undefined) return undefined
      if (seen.has(session)) return { error: { code: -32000, message: 'pinged already' } }
      seen.add(session)
      return undefined
    })
  }),
  should('ping/flood', 'ping-not-excessive', 'FS', 'the server pings five times a second', (base) => ({
    opened(stream, session, ex) {
      base.opened(stream, session, ex)
      session.every(200, () => {
        session.pings += 1
        session.announce({ jsonrpc: '2.0', id: `flood-${session.pings}`, method: 'ping' })
      })
    },
  })),
]
