import {
  ableCalls,
  defineCheck,
  everyRound,
  inputRequired,
  isObject,
  onQuestions,
  partlyAnswered,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A result with questions or a state for the next round says that it is not complete',
  requirement: 'mrtr-result-type-input-required',
  needs: ['modern', 'tool'],
  hint: 'Set resultType to "input_required": clients take everything else for the final result.',
  async run(client) {
    const { steps } = await client.survey()
    const asked = (await inputRequired(client)).length > 0
    const ends = asked ? (await everyRound(client)).map(({ last }) => last) : []
    const rounds = asked ? [...ends, ...(await partlyAnswered(client))] : []
    const replies = [...steps, ...(await ableCalls(client))].map(({ reply }) => reply)
    for (const { response } of [...replies, ...rounds]) {
      const result: unknown = response?.result
      if (!isObject(result) || !('inputRequests' in result || 'requestState' in result)) continue
      expect(
        result.resultType === 'input_required',
        'questions in a result that is not marked',
        'input_required',
        result,
      )
    }
  },
  fault: onQuestions((result) => ({ ...result, resultType: 'complete' })),
})
