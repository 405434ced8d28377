import { isObject } from '../core/jsonrpc.js'
import type { Json } from '../core/types.js'
import { both, instead, listing, type ModernCombo, result, sent } from './faults/fault.js'
import { oddModernVariants } from './odd-variants.js'
import type { Policy, Turn } from './types.js'

/** A clean server of 2026-07-28 that is built in another way: nothing may be reported on it. */
export interface ModernVariant {
  name: string
  combos: ModernCombo[]
  summary: string
  change(base: Policy): Partial<Policy>
}

const unknown = { error: { code: -32601, message: 'Method not found' } }

/** Takes methods away together with what declares them. */
const lacking =
  (pattern: RegExp, ...names: string[]) =>
  (base: Policy): Partial<Policy> => ({
    capabilities: (world) =>
      Object.fromEntries(Object.entries(base.capabilities(world)).filter(([name]) => !names.includes(name))),
    ...instead((turn) => (pattern.test(turn.method) ? unknown : undefined))(base),
  })

const cached = (hints: Json) =>
  result(undefined, (one) => {
    if ('ttlMs' in one) Object.assign(one, hints)
  })

const aboutName = (turn: Turn | undefined): boolean => turn?.method === 'tools/call'

/** Clean servers of 2026-07-28 that are built in other ways than the first one. */
export const modernVariants: ModernVariant[] = [
  {
    name: 'modern-tools-only',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'nothing but tools that embed nothing',
    change: both(
      lacking(/^(prompts|resources|completion)\//, 'prompts', 'resources', 'completions', 'logging'),
      sent((message, turn) => {
        if (message.method === 'notifications/message') return []
        const one = message.result
        if (aboutName(turn) && isObject(one) && Array.isArray(one.content))
          one.content = one.content.filter((block: Json) => block.type !== 'resource')
        return message
      }),
    ),
  },
  {
    name: 'modern-no-subscriptions',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'nothing is declared that one could subscribe to; who listens hears nothing',
    change: (base) => ({
      capabilities: (world) => ({ ...base.capabilities(world), tools: {}, prompts: {}, resources: {} }),
    }),
  },
  {
    name: 'modern-one-a-page',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'pages of one item',
    change: () => ({ pageSize: 1 }),
  },
  {
    name: 'modern-one-page',
    combos: ['modern/mixed/none'],
    summary: 'all in one page',
    change: () => ({ pageSize: 999 }),
  },
  {
    name: 'modern-uncached',
    combos: ['modern/json/none', 'modern/json/apikey'],
    summary: 'everything is private and stale at once',
    change: cached({ ttlMs: 0, cacheScope: 'private' }),
  },
  {
    name: 'modern-meta-with-32020',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'a missing version in _meta is a header mismatch',
    change: (base) => ({
      metaFault(turn) {
        const found = base.metaFault(turn)
        return found && /version/.test(found.message) ? { ...found, code: -32020 } : found
      },
    }),
  },
  {
    name: 'modern-notes-refused',
    combos: ['modern/json/none'],
    summary: 'notifications are refused with 400',
    change: (base) => ({ status: (kind, visit) => (kind === 'notification' ? 400 : base.status(kind, visit)) }),
  },
  {
    name: 'modern-errors-with-400',
    combos: ['modern/json/none', 'modern/mixed/none'],
    summary: 'invalid params come with HTTP 400',
    change: (base) => ({
      errorStatus: (code, turn) => (code === -32602 ? 400 : base.errorStatus(code, turn)),
    }),
  },
  {
    name: 'modern-comments',
    combos: ['modern/sse/none', 'modern/mixed/none'],
    summary: 'comments stand between the events',
    change: (base) => ({
      outgoing(message, turn) {
        if (turn?.visit.res.headersSent && !turn.visit.res.writableEnded) turn.visit.res.write(': keep-alive\n\n')
        return base.outgoing(message, turn)
      },
    }),
  },
  {
    name: 'modern-bare-tools',
    combos: ['modern/json/none'],
    summary: 'tools have neither titles nor annotations',
    change: result('tools/list', ({ tools }) => {
      for (const tool of tools as Json[]) for (const key of ['title', 'annotations', '_meta', 'icons']) delete tool[key]
    }),
  },
  {
    name: 'modern-any-structure',
    combos: ['modern/json/none', 'modern/sse/none'],
    summary: 'an output schema describes a number',
    change: both(
      listing('sum_pair', (card) => {
        card.outputSchema = { type: 'number' }
      }),
      result('tools/call', (one, turn) => {
        if (turn.params.name !== 'sum_pair' || one.isError === true || !isObject(one.structuredContent)) return
        one.structuredContent = Number(one.structuredContent.total)
        one.content = [{ type: 'text', text: String(one.structuredContent) }]
      }),
    ),
  },
  {
    name: 'modern-slow',
    combos: ['modern/json/none'],
    summary: 'every answer takes 60 ms',
    change: (base) => ({
      async settle(message, turn, send) {
        await new Promise((resolve) => setTimeout(resolve, 60))
        await base.settle(message, turn, send)
      },
    }),
  },
  {
    name: 'modern-guard-first',
    combos: ['modern/json/apikey', 'modern/sse/oauth'],
    summary: 'malformed credentials are 401 as well',
    change: (base) => ({
      async authorize(visit) {
        const verdict = await base.authorize(visit)
        return !verdict.ok && verdict.status === 400 ? { ...verdict, status: 401 } : verdict
      },
    }),
  },
  {
    name: 'modern-extra-members',
    combos: ['modern/mixed/none'],
    summary: 'results have members nobody knows',
    change: result(undefined, (one) => {
      one.vendor = { at: 1 }
    }),
  },
  ...oddModernVariants,
]
