import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { question, unseal } from '../asking.js'
import type { Turn } from '../types.js'
import { calls, instead, type ModernFault, must, ofTool, result, seenAs, sent, should } from './fault.js'

const asks = (one: Json): boolean => one.resultType === 'input_required'
const asked = (change: (one: Json, turn: Turn) => void) =>
  ofTool('book_table', (one, turn) => {
    if (asks(one)) change(one, turn)
  })
const formOf = (one: Json, key: string): Json => {
  const request = (one.inputRequests as Json)[key]
  return isObject(request) ? (request.params as Json) : {}
}
const booked = (text: string): Json => ({ resultType: 'complete', content: [{ type: 'text', text }], isError: false })
const answersOf = (turn: Turn): Json => (isObject(turn.params.inputResponses) ? turn.params.inputResponses : {})

/** Faults of multi-round-trip requests and of the questions in them. */
export const mrtrFaults: ModernFault[] = [
  must(
    'mrtr/asks-by-request',
    'mrtr-no-server-requests',
    'S',
    'a question is also sent as a request',
    sent((message, turn) => {
      const one = message.result
      if (!calls(turn, 'book_table') || !isObject(one) || !asks(one)) return message
      return [{ jsonrpc: '2.0', id: 'q1', ...question('guest') }, message]
    }),
  ),
  must(
    'mrtr/asks-in-completion',
    'mrtr-supported-methods-only',
    'J',
    'completion/complete asks a question',
    instead(({ method }) =>
      method === 'completion/complete'
        ? { result: { resultType: 'input_required', inputRequests: { guest: question('guest') } } }
        : undefined,
    ),
  ),
  must(
    'mrtr/asks-nothing',
    'mrtr-at-least-one-field',
    'J',
    'an incomplete result has neither questions nor state',
    asked((one) => {
      delete one.inputRequests
      delete one.requestState
    }),
  ),
  must('mrtr/key-twice', 'mrtr-input-request-keys-unique', 'M', 'a key occurs twice', (base) => ({
    encode(payload, turn) {
      const text = String(base.encode(payload, turn))
      return text.replace('"inputRequests":{', `"inputRequests":{"guest":${JSON.stringify(question('seats'))},`)
    },
  })),
  must(
    'mrtr/asks-by-ping',
    'mrtr-input-request-types',
    'S',
    'one of the questions is a tools/list',
    asked((one) => {
      Object.assign(one.inputRequests as Json, { menu: { method: 'tools/list', params: {} } })
    }),
  ),
  must('mrtr/seal-unchecked', 'mrtr-tampered-state-rejected', 'J', 'the seal of requestState is not checked', () => ({
    unseal: (turn, state) => unseal(turn, state, { seal: true }),
  })),
  must(
    'mrtr/bad-state-ignored',
    'mrtr-tampered-state-rejected',
    'M',
    'a state that fails the check counts as good',
    () => ({
      unseal: (turn, state) => unseal(turn, state) ?? {},
    }),
  ),
  should('mrtr/state-of-others', 'mrtr-state-bound-to-principal', 'JK', 'anybody may use a state', () => ({
    unseal: (turn, state) => unseal(turn, state, { subject: true }),
  })),
  should(
    'mrtr/state-of-other-calls',
    'mrtr-state-bound-to-request',
    'J',
    'a state is good for other arguments',
    () => ({
      unseal: (turn, state) => unseal(turn, state, { request: true }),
    }),
  ),
  should(
    'mrtr/answers-unchecked',
    'mrtr-responses-validated',
    'J',
    'any answer of the right name books',
    instead((turn) => {
      const answers = answersOf(turn)
      const whole = answers.guest !== undefined && answers.seats !== undefined && turn.params.requestState !== undefined
      return calls(turn, 'book_table') && whole ? { result: booked('booked') } : undefined
    }),
  ),
  should(
    'mrtr/answers-of-any-shape',
    'mrtr-malformed-responses-error',
    'S',
    'inputResponses that are no map are dropped without a word',
    seenAs((turn) => {
      const { inputResponses, ...params } = turn.params
      return inputResponses === undefined || isObject(inputResponses) ? {} : { params }
    }),
  ),
  should(
    'mrtr/extra-answers-refused',
    'mrtr-extra-responses-ignored',
    'J',
    'an unknown answer is an error',
    instead((turn) =>
      Object.keys(answersOf(turn)).every((key) => ['guest', 'seats'].includes(key))
        ? undefined
        : { error: { code: -32602, message: 'nobody asked that' } },
    ),
  ),
  should(
    'mrtr/missing-answer-refused',
    'mrtr-missing-input-reprompt',
    'M',
    'a missing answer is an error',
    instead((turn) => {
      const count = Object.keys(answersOf(turn)).length
      return calls(turn, 'book_table') && turn.params.requestState !== undefined && count === 1
        ? { error: { code: -32602, message: 'an answer is missing' } }
        : undefined
    }),
  ),
  must(
    'mrtr/question-marked-complete',
    'mrtr-result-type-input-required',
    'J',
    'a question is marked complete',
    asked((one) => {
      one.resultType = 'complete'
    }),
  ),
  must(
    'mrtr/state-is-object',
    'schema-input-required-result',
    'M',
    'requestState is an object',
    asked((one) => {
      one.requestState = { sealed: one.requestState }
    }),
  ),
  must('mrtr/waits-for-retry', 'mrtr-no-assumed-retry', 'J', 'no call is taken while a question is open', (base) => {
    let open = 0
    return {
      async dispatch(turn) {
        if (turn.method === 'tools/call' && open > 0 && turn.params.requestState === undefined) {
          return { error: { code: -32603, message: 'a question is still open' } }
        }
        const reply = await base.dispatch(turn)
        if ('result' in reply && asks(reply.result)) open += 1
        else if (turn.params.requestState !== undefined) open = 0
        return reply
      },
    }
  }),
  must(
    'elicitation/nested-form',
    'elicitation-schema-flat',
    'J',
    'a form has a nested object',
    asked((one) => {
      const schema = formOf(one, 'seats').requestedSchema as Json
      schema.properties = { seats: { type: 'object', properties: { adults: { type: 'integer' } } } }
    }),
  ),
  must(
    'elicitation/no-message',
    'elicitation-message-present',
    'S',
    'a form has no message',
    asked((one) => {
      delete formOf(one, 'seats').message
    }),
  ),
  must(
    'elicitation/no-schema',
    'elicitation-form-params',
    'M',
    'a form has no schema',
    asked((one) => {
      delete formOf(one, 'guest').requestedSchema
    }),
  ),
  must(
    'elicitation/url-to-forms',
    'elicitation-mode-supported',
    'J',
    'a URL is sent to clients that take forms',
    asked((one) => {
      const params = { mode: 'url', message: 'Pay here', url: 'https://pay.example.org/' }
      Object.assign(one.inputRequests as Json, { pay: { method: 'elicitation/create', params } })
    }),
  ),
  must(
    'elicitation/declined-and-booked',
    'elicitation-decline-handled',
    'J',
    'a table is booked for those who decline',
    instead((turn) => {
      const declined = Object.values(answersOf(turn)).some((one) => isObject(one) && one.action === 'decline')
      return calls(turn, 'book_table') && declined ? { result: booked('booked 2 seats for nobody') } : undefined
    }),
  ),
  must(
    'result/no-type-on-prompts',
    'jsonrpc-result-type-present',
    'J',
    'prompts/get has no resultType',
    result('prompts/get', (one) => {
      delete one.resultType
    }),
  ),
  must(
    'result/no-type-on-templates',
    'jsonrpc-result-type-present',
    'S',
    'resources/templates/list has no resultType',
    result('resources/templates/list', (one) => {
      delete one.resultType
    }),
  ),
  must(
    'result/unknown-type',
    'jsonrpc-result-type-known',
    'M',
    'failed calls have a resultType of their own',
    result('tools/call', (one) => {
      if (one.isError === true) one.resultType = 'failed'
    }),
  ),
  should(
    'result/nameless-reads',
    'jsonrpc-server-info-meta',
    'J',
    'resources/read does not name the server',
    result('resources/read', (one) => {
      delete one._meta
    }),
  ),
]
