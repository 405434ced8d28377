import { askAnew, completedRounds, defineCheck, nameOfCall, onRetry, retry } from '../../src/conformance/check.js'
import { describe, expect, expectError } from '../../src/conformance/expect.js'

const malformed: [what: string, change: object][] = [
  ['a text for its answers', { responses: 'gauntlet' }],
  ['a list for its answers', { responses: [{ action: 'accept', content: {} }] }],
  ['a number for its answers', { responses: 42 }],
  ['a number for its state', { state: 42 }],
  ['an object for its state', { state: { gauntlet: true } }],
]

export default defineCheck({
  title: 'Answers and states of the wrong type are refused with a JSON-RPC error',
  requirement: 'mrtr-malformed-responses-error',
  needs: ['modern', 'tool'],
  hint: 'inputResponses is an object and requestState a text: answer anything else with -32602, not with the questions again.',
  async run(client) {
    for (const { call } of await completedRounds(client)) {
      const asked = await askAnew(client, call)
      for (const [what, change] of malformed) {
        const reply = await retry(client, asked, change)
        const { code } = expectError(reply, `${nameOfCall(call)} with ${what}`)
        const apt = code !== -32603 && code !== -32601 && code !== -32700
        expect(apt, `${nameOfCall(call)} with ${what}: the code says something else`, -32602, describe(reply))
      }
    }
  },
  fault: onRetry(({ inputResponses, ...params }) => (Array.isArray(inputResponses) ? params : undefined)),
})
