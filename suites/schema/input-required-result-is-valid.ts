import { defineCheck, everyQuestion, onQuestions } from '../../src/conformance/check.js'
import { expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A result that asks for input has a map of valid requests, and a state that is a text',
  requirement: 'schema-input-required-result',
  needs: ['modern', 'tool'],
  hint: 'requestState is a string: encode an object before you send it.',
  async run(client) {
    for (const { method, result } of await everyQuestion(client))
      expectShape(result, 'InputRequiredResult', client.revision, `the question of ${method}`)
  },
  fault: onQuestions((result) => ({ ...result, requestState: { round: 1 } })),
})
