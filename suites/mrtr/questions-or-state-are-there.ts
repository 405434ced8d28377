import { defineCheck, everyQuestion, isObject, onQuestions, requestsOf } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A result that asks for input has questions, a state, or both',
  requirement: 'mrtr-at-least-one-field',
  needs: ['modern', 'tool'],
  hint: 'Without inputRequests and requestState the client cannot know what to do next.',
  async run(client) {
    for (const { method, result } of await everyQuestion(client)) {
      const { inputRequests, requestState } = result
      const found = [isObject(inputRequests), typeof requestState === 'string']
      expect(
        found.includes(true),
        `${method} asks for input and does not say what`,
        'inputRequests or requestState',
        result,
      )
      const useful = typeof requestState === 'string' || requestsOf(result).length > 0
      advise(useful, `the questions of ${method} are an empty object`, 'a question or a state', result)
    }
  },
  fault: onQuestions(({ inputRequests, requestState, ...result }) => result),
})
