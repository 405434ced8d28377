import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { question, unseal } from '../asking.js'
import { KEY } from '../meta.js'
import { both, calls, failure, instead, type ModernFault, must, seenAs, should } from './fault.js'
import { asked, bySampling, byUrl, field, refusing } from './habits.js'

/** Faults of questions and their state that grow from shortcuts. */
export const questionHabitFaults: ModernFault[] = [
  must(
    'habit/state-of-connection',
    'versioning-explicit-state-handles',
    'J',
    'answers without a state continue what the connection began',
    (base) => {
      const open = new WeakMap<object, unknown>()
      return {
        async dispatch(turn) {
          const { socket } = turn.visit.req
          const bare = calls(turn, 'book_table') && turn.params.requestState === undefined && open.has(socket)
          const params = bare ? { ...turn.params, requestState: open.get(socket) } : turn.params
          const reply = await base.dispatch({ ...turn, params })
          if ('result' in reply && reply.result.requestState !== undefined) open.set(socket, reply.result.requestState)
          return reply
        },
      }
    },
  ),
  must(
    'habit/state-of-server',
    'versioning-explicit-state-handles',
    'M',
    'answers without a state continue the last open booking',
    (base) => {
      let open: unknown
      return {
        async dispatch(turn) {
          const bare =
            calls(turn, 'book_table') &&
            turn.params.requestState === undefined &&
            turn.params.inputResponses !== undefined
          const params = bare && open !== undefined ? { ...turn.params, requestState: open } : turn.params
          const reply = await base.dispatch({ ...turn, params })
          if ('result' in reply && reply.result.requestState !== undefined) open = reply.result.requestState
          return reply
        },
      }
    },
  ),
  must(
    'habit/capabilities-in-crowds',
    'versioning-capabilities-not-inferred',
    'M',
    'of two calls at once both have the capabilities of the later',
    (base) => {
      let latest: unknown
      return {
        async dispatch(turn) {
          latest = turn.meta[KEY.capabilities]
          await new Promise((resolve) => setTimeout(resolve, 12))
          return base.dispatch({ ...turn, meta: { ...turn.meta, [KEY.capabilities]: latest } })
        },
      }
    },
  ),
  should(
    'habit/one-booking',
    'versioning-interleaved-contexts',
    'J',
    'a second booking forgets what the first was told',
    (base) => {
      let known = 0
      const marks = new Map<unknown, number>()
      return {
        async dispatch(turn) {
          const state = turn.params.requestState
          if (calls(turn, 'book_table') && state !== undefined && marks.get(state) !== known) {
            return { error: { code: -32602, message: 'this booking is over' } }
          }
          const reply = await base.dispatch(turn)
          if ('result' in reply && reply.result.requestState !== undefined)
            marks.set(reply.result.requestState, ++known)
          return reply
        },
      }
    },
  ),
  must(
    'habit/bad-state-reserved',
    'jsonrpc-no-undefined-reserved-code',
    'J',
    'a state that fails its check is -32023',
    failure((error) => {
      if (/requestState/.test(String(error.message))) error.code = -32023
    }),
  ),
  must(
    'habit/state-tail',
    'mrtr-tampered-state-rejected',
    'J',
    'what follows the seal of a state does not matter',
    () => ({
      unseal: (turn, state) =>
        unseal(turn, typeof state === 'string' ? state.replace(/(\.[\w-]{43}).*$/, '$1') : state),
    }),
  ),
  must(
    'habit/state-known-once',
    'mrtr-tampered-state-rejected',
    'M',
    'a state is looked at the first time only',
    (base) => {
      const good = new Set<string>()
      return {
        unseal(turn, state) {
          const key = String(state).slice(0, 24)
          if (good.has(key)) return unseal(turn, state, { seal: true })
          const found = base.unseal(turn, state)
          if (found !== undefined) good.add(key)
          return found
        },
      }
    },
  ),
  should(
    'habit/state-counted',
    'security-state-handle-nondeterministic',
    'J',
    'states are numbers that count up',
    (base) => {
      const states = new Map<string, unknown>()
      return both(
        seenAs(({ params }) =>
          states.has(String(params.requestState))
            ? { params: { ...params, requestState: states.get(String(params.requestState)) } }
            : {},
        ),
        asked((one) => {
          const id = `booking-${states.size + 1}`
          states.set(id, one.requestState)
          one.requestState = id
        }),
      )(base)
    },
  ),
  must(
    'habit/form-card-number',
    'elicitation-form-no-sensitive',
    'J',
    'the form asks for the number of a credit card',
    field('card_number', { type: 'string', title: 'Credit card number' }),
  ),
  must(
    'habit/form-password',
    'elicitation-url-for-sensitive',
    'S',
    'the form asks for a password',
    field('password', { type: 'string', description: 'Your password' }),
  ),
  should(
    'habit/form-with-link',
    'elicitation-form-no-clickable-url',
    'J',
    'a field of the form shows a link to follow',
    field('terms', { type: 'boolean', description: 'Read https://ledger.example.org/terms and agree' }),
  ),
  must(
    'habit/url-with-mail',
    'elicitation-url-no-user-data',
    'J',
    'the URL holds the mail address of the user',
    byUrl('https://guild.example.org/sign-in?email=ada@example.org'),
  ),
  must(
    'habit/url-with-token',
    'elicitation-url-not-preauthenticated',
    'M',
    'the URL holds an access token',
    byUrl('https://guild.example.org/bookings?access_token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln'),
  ),
  must(
    'habit/sample-no-maximum',
    'schema-sampling-request',
    'J',
    'sampling has no maxTokens',
    bySampling({ maxTokens: undefined }),
  ),
  must(
    'habit/sample-tools',
    'sampling-tools-only-if-declared',
    'J',
    'sampling brings tools',
    bySampling({ tools: [{ name: 'cellar', inputSchema: { type: 'object' } }] }),
  ),
  must(
    'habit/sample-system',
    'sampling-message-fields',
    'S',
    'a message to sample from is from the system',
    bySampling({ messages: [{ role: 'system', content: { type: 'text', text: 'Be brief' } }] }),
  ),
  must(
    'habit/sample-unbalanced',
    'sampling-tool-use-balanced',
    'M',
    'a use of a tool is not followed by its result',
    bySampling({
      messages: [
        { role: 'user', content: { type: 'text', text: 'Suggest a wine' } },
        { role: 'assistant', content: { type: 'tool_use', id: 't1', name: 'cellar', input: {} } },
        { role: 'user', content: { type: 'text', text: 'And?' } },
      ],
    }),
  ),
  should(
    'habit/sample-context',
    'sampling-context-only-if-declared',
    'J',
    'sampling asks for the context of all servers',
    bySampling({ includeContext: 'allServers' }),
  ),
  must(
    'habit/form-of-strings',
    'schema-elicitation-request',
    'J',
    'what a form requires is a text',
    asked((one) => {
      const guest = (one.inputRequests as Json).guest
      if (isObject(guest)) Object.assign((guest.params as Json).requestedSchema as Json, { required: 'name' })
    }),
  ),
  must(
    'habit/question-in-prompts',
    'mrtr-no-undeclared-input-requests',
    'J',
    'prompts/get asks every client',
    instead((turn) =>
      turn.method === 'prompts/get' && turn.params.name === 'recap'
        ? { result: { resultType: 'input_required', inputRequests: { guest: question('guest') } } }
        : undefined,
    ),
  ),
  must(
    'habit/malformed-500',
    'auth-400-malformed',
    'JK',
    'a broken Authorization header ends in HTTP 500',
    refusing((verdict) =>
      verdict.ok === false && verdict.status === 400 ? { ...verdict, status: 500 as 400 } : verdict,
    ),
  ),
]
