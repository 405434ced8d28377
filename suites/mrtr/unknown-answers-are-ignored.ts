import {
  answersTo,
  askAnew,
  completedRounds,
  defineCheck,
  instead,
  isTaken,
  json,
  nameOfCall,
  retry,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Answers that nobody asked for are ignored',
  requirement: 'mrtr-extra-responses-ignored',
  needs: ['modern', 'tool'],
  hint: 'Take the answers you need by their keys, and leave the others.',
  async run(client) {
    for (const { call } of await completedRounds(client))
      for (const extra of [{ action: 'decline' }, { roots: [] }]) {
        const asked = await askAnew(client, call)
        const responses = { [client.canary()]: extra, ...answersTo(asked.result) }
        const reply = await retry(client, asked, { responses })
        const what = `${nameOfCall(call)} with an answer more than was asked for`
        expect(isTaken(reply, asked), `${what} should be served like without`, 'the result', describe(reply))
      }
  },
  fault: instead(
    ({ message }) => Object.keys(message?.params?.inputResponses ?? {}).some((key) => key.startsWith('gauntlet')),
    ({ message }) =>
      json(200, { jsonrpc: '2.0', id: message?.id, error: { code: -32602, message: 'Unknown input response' } }),
  ),
})
