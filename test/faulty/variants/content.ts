import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { isObject } from '../core/jsonrpc.js'
import type { Json, Policy, Turn } from '../core/types.js'
import { instead, onError, onItems, onResult, onTool } from '../faults/fault.js'
import type { Variant } from './variant.js'

const facts =
  (change: (base: Policy['facts']) => Partial<Policy['facts']>) =>
  (base: Policy): Partial<Policy> => ({
    facts: { ...base.facts, ...change(base.facts) },
  })
const capabilities = (change: (given: Json) => Json) =>
  facts((base) => ({ capabilities: (revision, world) => change(base.capabilities(revision, world)) }))
const only =
  (...revisions: string[]) =>
  (base: Policy): Partial<Policy> => ({
    negotiate: (asked) => (revisions.includes(String(asked)) ? String(asked) : String(revisions[0])),
    headerAccepted: (value, ex) => (value === undefined ? base.headerAccepted(value, ex) : revisions.includes(value)),
  })
const LISTS = new Map([
  ['prompts/list', 'prompts'],
  ['resources/list', 'resources'],
  ['resources/templates/list', 'resourceTemplates'],
])
const missing = { error: { code: -32601, message: 'Method not found' } }
const ids = (make: () => string) => (): Partial<Policy> => ({ sessionId: make })
const time = (): string => Date.now().toString(16).padStart(12, '0')

/** Takes methods away together with what declares them. */
const lacking =
  (pattern: RegExp, ...names: string[]) =>
  (base: Policy): Partial<Policy> => ({
    ...capabilities((given) => Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name))))(
      base,
    ),
    ...instead(base, (turn) => (pattern.test(turn.method) ? missing : undefined)),
  })

/** Says something while each request is worked on. */
const saying =
  (make: (turn: Turn) => Json[]) =>
  (base: Policy): Partial<Policy> => ({
    async dispatch(turn) {
      for (const message of make(turn)) turn.say(message)
      return base.dispatch(turn)
    },
  })

const log = (turn: Turn): Json => ({
  jsonrpc: '2.0',
  method: 'notifications/message',
  params: { level: 'info', logger: 'http', data: { method: turn.method } },
})

/** What is declared, listed, said and spoken. */
export const contentVariants: Variant[] = [
  {
    name: 'tools-only',
    combos: ['stateful/json/none', 'stateless/sse/none', 'sse/sse/none'],
    summary: 'nothing but tools',
    change(base) {
      const tools = lacking(
        /^(prompts|resources|completion|logging)\//,
        'prompts',
        'resources',
        'completions',
        'logging',
      )
      const quiet = { ...base, ...tools(base) }
      const plain = onTool(quiet, 'gallery', (result) => {
        result.content = (result.content as Json[]).filter((block) => block.type !== 'resource')
      })
      const { outgoing = base.outgoing } = plain
      return {
        ...quiet,
        outgoing: (message, whence) => (message.method === 'notifications/message' ? [] : outgoing(message, whence)),
      }
    },
  },
  {
    name: 'no-tools',
    combos: ['stateful/sse/none', 'stateless/json/none'],
    summary: 'resources and prompts alone',
    change: lacking(/^tools\//, 'tools'),
  },
  {
    name: 'no-logging',
    combos: ['stateful/sse/none'],
    summary: 'no logging',
    change: (base) => ({
      ...lacking(/^logging\//, 'logging')(base),
      outgoing: (message, whence) => (message.method === 'notifications/message' ? [] : base.outgoing(message, whence)),
    }),
  },
  {
    name: 'no-subscriptions',
    combos: ['stateful/json/none', 'sse/sse/none'],
    summary: 'resources cannot be subscribed to',
    change: capabilities((given) => ({ ...given, resources: {} })),
  },
  {
    name: 'one-a-page',
    combos: ['stateful/json/none', 'stateless/sse/none'],
    summary: 'pages of one item',
    change: facts(() => ({ pageSize: 1 })),
  },
  {
    name: 'one-page',
    combos: ['stateful/sse/none', 'sse/sse/none'],
    summary: 'all in one page',
    change: facts(() => ({ pageSize: 1000 })),
  },
  {
    name: 'empty-lists',
    combos: ['stateful/json/none', 'stateless/json/none'],
    summary: 'declared lists are empty',
    change: (base) =>
      instead(base, ({ method }) => {
        const list = LISTS.get(method)
        if (list !== undefined) return { result: { [list]: [] } }
        return method === 'prompts/get' ? { error: { code: -32602, message: 'no such prompt' } } : undefined
      }),
  },
  {
    name: 'bare-tools',
    combos: ['stateful/json/none', 'sse/sse/none'],
    summary: 'tools have a name and a schema alone',
    change: (base) =>
      onItems(base, 'tools/list', 'tools', (item) => {
        for (const key of Object.keys(item))
          if (!['name', 'inputSchema', 'outputSchema'].includes(key)) delete item[key]
      }),
  },
  {
    name: 'rich-tools',
    combos: ['stateful/sse/none', 'stateless/json/none'],
    summary: 'tools carry hints, dialects and members of their own',
    change: (base) =>
      onItems(base, 'tools/list', 'tools', (item) => {
        item.annotations = {
          title: 'T',
          readOnlyHint: true,
          destructiveHint: false,
          idempotentHint: true,
          openWorldHint: false,
          'x-cost': 3,
        }
        item.inputSchema = { $schema: 'http://json-schema.org/draft-07/schema#', ...(item.inputSchema as Json) }
        item['x-owner'] = 'ledger'
      }),
  },
  {
    name: 'extra-members',
    combos: ['stateless/json/none', 'stateful/sse/none'],
    summary: 'capabilities, results and errors have members nobody knows',
    change: (base) => {
      const extra = capabilities((given) => ({ ...given, experimental: { 'org.example/x': {} }, 'org.example/y': {} }))(
        base,
      )
      return {
        ...extra,
        outgoing: (message, whence) =>
          base.outgoing(
            isObject(message.result) && Object.keys(message.result).length > 0
              ? { ...message, result: { ...message.result, vendor: { at: 1 } } }
              : message,
            whence,
          ),
      }
    },
  },
  {
    name: 'newest-only',
    combos: ['stateful/json/none', 'stateless/sse/none', 'stateful/sse/oauth'],
    summary: 'only 2025-11-25',
    change: only('2025-11-25'),
  },
  {
    name: 'two-older',
    combos: ['stateful/sse/none', 'stateless/json/apikey'],
    summary: 'only 2025-06-18 and 2025-03-26',
    change: only('2025-06-18', '2025-03-26'),
  },
  {
    name: 'only-2025-03-26',
    combos: ['stateful/json/none', 'stateless/sse/none'],
    summary: 'only 2025-03-26',
    change: (base) => ({ ...only('2025-03-26', '2024-11-05')(base), headerAccepted: () => true }),
  },
  {
    name: 'only-2024-11-05',
    combos: ['sse/sse/none', 'sse/sse/apikey'],
    summary: 'only 2024-11-05',
    change: only('2024-11-05'),
  },
  {
    name: 'ids-ulid',
    combos: ['stateful/json/none'],
    summary: 'session ids are UUIDs of version 7',
    change: ids(() => `${time().slice(0, 8)}-${time().slice(8)}-7${randomUUID().slice(15)}`),
  },
  {
    name: 'ids-base64',
    combos: ['stateful/sse/none'],
    summary: 'session ids are 16 bytes in base64',
    change: ids(() => randomBytes(16).toString('base64')),
  },
  {
    name: 'ids-token',
    combos: ['stateful/json/none'],
    summary: 'session ids are signed tokens',
    change: ids(
      () =>
        `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify({ sid: randomUUID(), iat: Math.floor(Date.now() / 1000) })).toString('base64url')}.${createHash('sha256').update(randomBytes(8)).digest('base64url')}`,
    ),
  },
  {
    name: 'ids-short',
    combos: ['stateful/json/none'],
    summary: 'session ids are 12 random bytes behind a word',
    change: ids(() => `session-${randomBytes(12).toString('hex')}`),
  },
  {
    name: 'error-ids-null',
    combos: ['stateful/json/none', 'stateless/sse/none'],
    summary: 'errors without a readable id say id null in every revision',
    change: (base) => onError(base, (message) => (message.id ??= null)),
  },
  {
    name: 'error-ids-absent',
    combos: ['stateful/json/none', 'stateless/sse/none'],
    summary: 'errors without a readable id have none in any revision',
    change: (base) =>
      onError(base, (message) => {
        if (message.id === null) delete message.id
      }),
  },
  {
    name: 'failures-everywhere',
    combos: ['stateful/json/none', 'sse/sse/none', 'stateless/sse/none'],
    summary: 'bad arguments are failed calls in every revision',
    change: (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        if (
          turn.method !== 'tools/call' ||
          !('error' in reply) ||
          !/ of type |required|too |none of|not a parameter/.test(String(reply.error.message))
        )
          return reply
        return { result: { content: [{ type: 'text', text: String(reply.error.message) }], isError: true } }
      },
    }),
  },
  {
    name: 'plain-results',
    combos: ['stateful/json/none', 'stateless/sse/none'],
    summary: 'no structured results, no isError',
    change: (base) => {
      const listed = onItems(base, 'tools/list', 'tools', (item) => delete item.outputSchema)
      return onResult({ ...base, ...listed }, 'tools/call', (result) => {
        if (result.isError === false) delete result.isError
        delete result.structuredContent
      })
    },
  },
  {
    name: 'talkative',
    combos: ['stateful/sse/none', 'sse/sse/none'],
    summary: 'every request is logged',
    change: saying((turn) => (turn.method === 'initialize' || turn.ex.session?.level !== 'info' ? [] : [log(turn)])),
  },
  {
    name: 'progress-everywhere',
    combos: ['stateful/sse/none', 'stateless/sse/none', 'sse/sse/none'],
    summary: 'every request with a token reports fractions without a total',
    change: saying((turn) => {
      const token = isObject(turn.params._meta) ? turn.params._meta.progressToken : undefined
      if (token === undefined || turn.params.name === 'long_haul') return []
      return [0, 0.25, 0.5].map((progress) => ({
        jsonrpc: '2.0',
        method: 'notifications/progress',
        params: { progressToken: token, progress },
      }))
    }),
  },
  {
    name: 'changing-list',
    combos: ['stateful/sse/none', 'sse/sse/none'],
    summary: 'declares that its lists change and never says so',
    change: capabilities((given) => ({
      ...given,
      tools: { listChanged: true },
      prompts: { listChanged: true },
      resources: { ...(given.resources as Json), listChanged: true },
    })),
  },
]
