import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { question, unseal } from '../asking.js'
import { KEY } from '../meta.js'
import type { Turn } from '../types.js'
import { calls, instead, type ModernFault, must, ofTool, seenAs, should } from './fault.js'

const asked = (change: (one: Json, turn: Turn) => void) =>
  ofTool('book_table', (one, turn) => {
    if (one.resultType === 'input_required') change(one, turn)
  })

/** True where the client declares it; elicitation by the mode. */
function declares(turn: Turn, capability: string, mode?: string): boolean {
  const own = (turn.meta[KEY.capabilities] as Json)[capability]
  return isObject(own) && (mode === undefined || isObject(own[mode]))
}

/** Takes the answers of a call for other ones. */
const answered = (change: (answer: Json) => void) =>
  seenAs(({ params }) => {
    if (!isObject(params.inputResponses)) return {}
    const inputResponses = structuredClone(params.inputResponses)
    for (const answer of Object.values(inputResponses)) if (isObject(answer)) change(answer)
    return { params: { ...params, inputResponses } }
  })

const byUrl = (url: unknown) =>
  asked((one, turn) => {
    if (!declares(turn, 'elicitation', 'url')) return
    const params = { mode: 'url', message: 'Sign in with the guild', url }
    Object.assign(one.inputRequests as Json, { guild: { method: 'elicitation/create', params } })
  })

/** Faults of questions that show in one kind of answer, one round or one kind of client. */
export const byQuestionFaults: ModernFault[] = [
  must(
    'by-question/seal-in-later-rounds',
    'mrtr-tampered-state-rejected',
    'J',
    'a state that knows something is not checked',
    () => ({
      unseal(turn, state) {
        const open = unseal(turn, state, { seal: true })
        return open !== undefined && Object.keys(open).length > 0 ? open : unseal(turn, state)
      },
    }),
  ),
  must('by-question/seal-cut', 'mrtr-tampered-state-rejected', 'M', 'a state without its seal is good', () => ({
    unseal(turn, state) {
      const bare = typeof state === 'string' && (state.split('.')[1]?.length ?? 0) < 2
      return unseal(turn, bare ? `${state.split('.')[0]}.aa` : state, { seal: bare })
    },
  })),
  must('by-question/seal-of-half', 'mrtr-tampered-state-rejected', 'J', 'only half of the seal is compared', () => ({
    unseal(turn, state) {
      const open = unseal(turn, state, { seal: true })
      const again = open === undefined ? undefined : unseal(turn, state)
      if (again !== undefined || open === undefined) return again
      const given = String(state).split('.')[1] ?? ''
      return given.length >= 43 && /^[\w-]{43}$/.test(given) && String(state).length % 2 === 0 ? open : undefined
    },
  })),
  should(
    'by-question/state-of-others-later',
    'mrtr-state-bound-to-principal',
    'JK',
    'a later state is good for anybody',
    () => ({
      unseal(turn, state) {
        const open = unseal(turn, state, { subject: true })
        return open !== undefined && Object.keys(open).length > 0 ? open : unseal(turn, state)
      },
    }),
  ),
  must(
    'by-question/asks-in-discover',
    'mrtr-supported-methods-only',
    'J',
    'discover asks clients that take forms',
    (base) => ({
      ...instead((turn) =>
        turn.method === 'server/discover' && declares(turn, 'elicitation')
          ? { result: { resultType: 'input_required', inputRequests: { guest: question('guest') } } }
          : undefined,
      )(base),
    }),
  ),
  must(
    'by-question/samples-undeclared',
    'mrtr-no-undeclared-input-requests',
    'J',
    'clients that take forms are asked to sample',
    asked((one, turn) => {
      if (declares(turn, 'sampling')) return
      const messages = [{ role: 'user', content: { type: 'text', text: 'Suggest a wine' } }]
      Object.assign(one.inputRequests as Json, {
        wine: { method: 'sampling/createMessage', params: { messages, maxTokens: 20 } },
      })
    }),
  ),
  must(
    'by-question/roots-undeclared',
    'mrtr-no-undeclared-input-requests',
    'S',
    'clients that sample are asked for roots',
    asked((one, turn) => {
      if (declares(turn, 'roots') || !declares(turn, 'sampling')) return
      Object.assign(one.inputRequests as Json, { folders: { method: 'roots/list', params: {} } })
    }),
  ),
  must(
    'by-question/forms-to-url-clients',
    'elicitation-mode-supported',
    'M',
    'clients that take URLs get forms',
    (base) => ({
      dispatch(turn) {
        const { elicitation } = turn.meta[KEY.capabilities] as Json
        if (!isObject(elicitation) || !isObject(elicitation.url) || isObject(elicitation.form))
          return base.dispatch(turn)
        const meta = { ...turn.meta, [KEY.capabilities]: { elicitation: { form: {} } } }
        return base.dispatch({ ...turn, meta })
      },
    }),
  ),
  must('by-question/cancelled-and-booked', 'elicitation-decline-handled', 'J', 'to cancel is to accept', (base) => {
    const last: Record<string, unknown> = { guest: { name: 'Ada' }, seats: { seats: 2 } }
    return seenAs(({ params }) => {
      if (!isObject(params.inputResponses)) return {}
      const all = Object.entries(params.inputResponses).map(([key, answer]) =>
        isObject(answer) && answer.action === 'cancel'
          ? [key, { action: 'accept', content: answer.content ?? last[key] }]
          : [key, answer],
      )
      return { params: { ...params, inputResponses: Object.fromEntries(all) } }
    })(base)
  }),
  should(
    'by-question/bounds-unchecked',
    'elicitation-response-validated',
    'J',
    'any number of seats is booked',
    answered((answer) => {
      const { content } = answer
      if (isObject(content) && Number.isInteger(content.seats)) content.seats = 2
    }),
  ),
  should(
    'by-question/numbers-as-text',
    'elicitation-response-validated',
    'S',
    'seats may be a text',
    answered((answer) => {
      const { content } = answer
      if (isObject(content) && typeof content.seats === 'string') content.seats = 2
    }),
  ),
  should(
    'by-question/any-action',
    'mrtr-responses-validated',
    'M',
    'an action nobody knows is a decline',
    answered((answer) => {
      if (typeof answer.action === 'string' && !/^(accept|decline|cancel)$/.test(answer.action))
        answer.action = 'decline'
    }),
  ),
  must(
    'by-question/list-of-objects',
    'elicitation-schema-flat',
    'M',
    'a form asks for a list of objects',
    asked((one) => {
      const { guest } = one.inputRequests as Record<string, { params: { requestedSchema: Json } }>
      if (guest === undefined) return
      const properties = guest.params.requestedSchema.properties as Json
      properties.children = { type: 'array', items: { type: 'object', properties: { age: { type: 'integer' } } } }
    }),
  ),
  must('by-question/url-relative', 'elicitation-url-valid', 'J', 'a URL is a path', byUrl('/guild/sign-in')),
  should(
    'by-question/url-plain',
    'elicitation-url-https',
    'M',
    'a URL is plain http',
    byUrl('http://guild.example.org/in'),
  ),
  must('by-question/url-missing', 'elicitation-url-params', 'S', 'a question by URL has none', byUrl(undefined)),
  must(
    'by-question/later-keys-clash',
    'mrtr-result-type-input-required',
    'J',
    'the second question is marked complete',
    (base) => ({
      ...ofTool('book_table', (one, turn) => {
        if (one.resultType === 'input_required' && turn.params.requestState !== undefined) one.resultType = 'complete'
      })(base),
    }),
  ),
  must(
    'by-question/capability-as-names',
    'versioning-missing-capability-data',
    'J',
    'the missing capability is true',
    (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        if ('error' in reply && reply.error.code === -32021)
          reply.error.data = { requiredCapabilities: { elicitation: true } }
        return reply
      },
    }),
  ),
  must(
    'by-question/empty-elicitation',
    'versioning-missing-capability-error',
    'S',
    'an empty elicitation counts as none',
    (base) => ({
      async dispatch(turn) {
        const own = turn.meta[KEY.capabilities] as Json
        const empty = isObject(own.elicitation) && Object.keys(own.elicitation).length === 0
        if (!calls(turn, 'book_table') || !empty) return base.dispatch(turn)
        return {
          error: { code: -32021, message: 'forms', data: { requiredCapabilities: { elicitation: { form: {} } } } },
        }
      },
    }),
  ),
]
