import {
  asksOrIsDone,
  callAble,
  calls,
  defineCheck,
  instead,
  json,
  nameOfCall,
  needQuestions,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

/** More than a table of open questions should need. */
const abandoned = 12

export default defineCheck({
  title: 'Calls whose questions are never answered do no harm to later calls',
  requirement: 'mrtr-no-assumed-retry',
  needs: ['modern', 'tool'],
  hint: 'Keep nothing open for a retry that may never come: no lock, no slot, no waiting request.',
  async run(client) {
    for (const asked of await needQuestions(client)) {
      await Promise.all(Array.from({ length: abandoned }, () => callAble(client, asked)))
      const what = `after ${abandoned} questions that were not answered`
      const again = await callAble(client, asked)
      expect(
        asksOrIsDone(again.reply),
        `${nameOfCall(asked)} ${what} must be served`,
        'questions',
        describe(again.reply),
      )
      const plain = await client.request('server/discover')
      expect(plain.response !== undefined, `a request ${what} must be served`, 'a response', describe(plain))
    }
  },
  fault: () => {
    let open = 0
    return instead(
      (request) =>
        calls('tools/call')(request) && request.message?.params?.name === 'report_observation' && ++open > abandoned,
      ({ message }) =>
        json(200, { jsonrpc: '2.0', id: message?.id, error: { code: -32603, message: 'Too many open questions' } }),
    )
  },
})
