import { defineCheck, everyQuestion, isObject, onQuestions, requestsOf } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const kinds = ['elicitation/create', 'sampling/createMessage', 'roots/list']

export default defineCheck({
  title: 'Questions are requests for elicitation, sampling or roots, and nothing else',
  requirement: 'mrtr-input-request-types',
  needs: ['modern', 'tool'],
  hint: 'Each value of inputRequests is an object with one of three methods, and with params where the method has some.',
  async run(client) {
    for (const { method: asking, result } of await everyQuestion(client)) {
      const { inputRequests = {} } = result
      expect(isObject(inputRequests), `the questions of ${asking} are no object`, 'a map of requests', inputRequests)
      for (const { key, method, request } of requestsOf(result)) {
        expect(kinds.includes(method), `the question ${key} has another method`, kinds, request)
        const complete = method === 'roots/list' || isObject((request as Record<string, unknown>).params)
        expect(complete, `the question ${key} has no params`, 'an object with params', request)
      }
    }
  },
  fault: onQuestions((result) => ({ ...result, inputRequests: { ...result.inputRequests, more: { method: 'ping' } } })),
})
