import {
  answersTo,
  askAnew,
  asksOrIsDone,
  completedRounds,
  defineCheck,
  instead,
  json,
  nameOfCall,
  requestsOf,
  retry,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

/** The places of the answers to leave out: all of them, and each of several. */
function omissions(result: Record<string, any>): { drop: number[]; missing: string }[] {
  const places = [...requestsOf(result).keys()]
  const single = places.map((place) => ({ drop: [place], missing: `answer ${place + 1} of ${places.length}` }))
  return [{ drop: places, missing: 'any answer' }, ...(places.length > 1 ? single : [])]
}

export default defineCheck({
  title: 'Where an answer is missing the server asks again',
  requirement: 'mrtr-missing-input-reprompt',
  needs: ['modern', 'tool'],
  hint: 'Answer with a new InputRequiredResult for what is still needed, instead of an error.',
  async run(client) {
    for (const { call, questions } of await completedRounds(client)) {
      for (const { drop, missing } of omissions(questions[0].result)) {
        const asked = await askAnew(client, call)
        const given = Object.entries(answersTo(asked.result)).filter((_, place) => !drop.includes(place))
        const reply = await retry(client, asked, { responses: Object.fromEntries(given) })
        const what = `${nameOfCall(call)} without ${missing}`
        expect(asksOrIsDone(reply), `${what} should lead to the question again`, 'input_required', describe(reply))
      }
    }
  },
  fault: instead(
    ({ message }) => Object.keys(message?.params?.inputResponses ?? { a: 1, b: 1 }).length === 1,
    ({ message }) =>
      json(200, { jsonrpc: '2.0', id: message?.id, error: { code: -32602, message: 'An answer is missing' } }),
  ),
})
