import { asking, questionOf } from '../content/asking.js'
import { isObject } from '../core/jsonrpc.js'
import type { Json, Turn } from '../core/types.js'
import { type Fault, must, should } from './fault.js'

/** Changes the parameters of one kind of question. */
const put = (capability: string, change: (params: Json, turn: Turn) => Json) =>
  asking({
    question(name, turn) {
      const found = questionOf(name, turn)
      return found?.capability === capability
        ? { ...found, params: change(structuredClone(found.params), turn) }
        : found
    },
  })

const schemaOf = (params: Json): Json => params.requestedSchema as Json
const withField = (name: string, schema: Json) =>
  put('elicitation', (params) => ({
    ...params,
    requestedSchema: { ...schemaOf(params), properties: { ...(schemaOf(params).properties as Json), [name]: schema } },
  }))

/** Faults of a server that asks its client while a tool runs. */
export const askingFaults: Fault[] = [
  must(
    'asking/no-message',
    'elicitation-message-present',
    'FS CH',
    'a form has no message',
    put('elicitation', ({ requestedSchema }) => ({ requestedSchema })),
  ),
  must(
    'asking/no-schema',
    'elicitation-form-params',
    'FS CH',
    'a form has no schema',
    put('elicitation', ({ message }) => ({ message })),
  ),
  must(
    'asking/nested',
    'elicitation-schema-flat',
    'FS',
    'a form asks for an object',
    withField('address', { type: 'object', properties: { city: { type: 'string' } } }),
  ),
  must(
    'asking/key-in-words',
    'elicitation-form-no-sensitive',
    'FS',
    'the words of a form ask for a key',
    put('elicitation', (params) => ({ ...params, message: 'Paste your API key for the guild' })),
  ),
  must(
    'asking/mode-url',
    'elicitation-mode-supported',
    'FS',
    'clients that take forms are sent a URL',
    put('elicitation', (params, turn) =>
      turn.ex.revision < '2025-11-25'
        ? params
        : { mode: 'url', message: 'Sign in', url: 'https://guild.example.org/in', elicitationId: `e-${Date.now()}` },
    ),
  ),
  must(
    'asking/url-of-the-future',
    'lifecycle-respect-version',
    'FS CH',
    'clients of 2025-06-18, which knows forms alone, are sent a URL',
    put('elicitation', (params, turn) =>
      turn.ex.revision === '2025-06-18'
        ? { mode: 'url', message: 'Sign in', url: 'https://guild.example.org/in', elicitationId: 'e-1' }
        : params,
    ),
  ),
  must(
    'asking/password',
    'elicitation-form-no-sensitive',
    'FS CH',
    'a form asks for a password',
    withField('password', { type: 'string', title: 'Password' }),
  ),
  should(
    'asking/any-answer',
    'elicitation-response-validated',
    'FS',
    'an answer that does not fit is taken',
    asking({ fits: () => true }),
  ),
  must(
    'asking/no-maximum',
    'schema-sampling-request',
    'FS CH',
    'sampling has no maxTokens',
    put('sampling', ({ messages }) => ({ messages })),
  ),
  must(
    'asking/from-system',
    'sampling-message-fields',
    'FS CH',
    'a message to sample from is from the system',
    put('sampling', (params) => ({
      ...params,
      messages: [{ role: 'system', content: { type: 'text', text: 'Be brief' } }],
    })),
  ),
  must(
    'asking/tools-undeclared',
    'sampling-tools-only-if-declared',
    'FS',
    'sampling brings tools',
    put('sampling', (params, turn) =>
      turn.ex.revision < '2025-11-25'
        ? params
        : { ...params, tools: [{ name: 'cellar', inputSchema: { type: 'object' } }] },
    ),
  ),
  should(
    'asking/context',
    'sampling-context-only-if-declared',
    'FS',
    'sampling asks for the context of all servers',
    put('sampling', (params) => ({ ...params, includeContext: 'allServers' })),
  ),
  should(
    'asking/sampled-anything',
    'sampling-content-validated',
    'FS',
    'content of no kind is taken from a model',
    asking({ fits: () => true }),
  ),
  must(
    'asking/id-null',
    'jsonrpc-server-request-id',
    'FS CH',
    'questions have the id null',
    asking({ id: () => null }),
  ),
  must(
    'asking/id-reused',
    'jsonrpc-server-request-id-unique',
    'FS CH',
    'all questions have the id 1',
    asking({ id: () => 1 }),
  ),
  must(
    'asking/token-object',
    'progress-server-token-valid',
    'FS CH',
    'a question has a progressToken that is an object',
    put('sampling', (params) => ({ ...params, _meta: { progressToken: { of: 'ledger' } } })),
  ),
  should(
    'asking/waits-for-ever',
    'lifecycle-timeout-sent-requests',
    'FS CH',
    'an unanswered question is waited for for ever',
    asking({ patience: 3_600_000 }),
  ),
  should(
    'asking/gives-up-silently',
    'lifecycle-timeout-cancel-sent',
    'FS CH',
    'a question that was given up is not cancelled',
    asking({ gaveUp: () => undefined }),
  ),
  should(
    'asking/late-answer-ends',
    'cancellation-late-response-ignored',
    'FS',
    'an answer that comes too late ends the session',
    asking({ late: (session) => session.world.sessions.delete(session.id) }),
  ),
  must(
    'asking/cancels-answered',
    'cancellation-own-inflight-only',
    'FS',
    'questions are cancelled after they were answered',
    (base) => {
      const asks = asking()(base)
      return {
        ...asks,
        async dispatch(turn) {
          const reply = (await asks.dispatch?.(turn)) ?? (await base.dispatch(turn))
          if (
            turn.method === 'tools/call' &&
            String(turn.params.name).startsWith('ask_') &&
            'result' in reply &&
            reply.result.isError === false
          ) {
            turn.say({
              jsonrpc: '2.0',
              method: 'notifications/cancelled',
              params: { requestId: 'ask-1', reason: 'done' },
            })
          }
          return reply
        },
      }
    },
  ),
  should(
    'asking/roots-unasked',
    'roots-capability-checked',
    'FS CH',
    'roots are asked for whatever the client declared',
    (base) => {
      const asks = asking()(base)
      return {
        ...asks,
        dispatch(turn) {
          if (turn.method === 'initialize' && isObject(turn.params.capabilities)) {
            return (asks.dispatch ?? base.dispatch)({
              ...turn,
              params: { ...turn.params, capabilities: { ...turn.params.capabilities, roots: {} } },
            })
          }
          return (asks.dispatch ?? base.dispatch)(turn)
        },
      }
    },
  ),
  must(
    'asking/roots-list',
    'schema-roots-request',
    'FS',
    'roots are asked for with params that are a list',
    put('roots', () => [] as unknown as Json),
  ),
]
