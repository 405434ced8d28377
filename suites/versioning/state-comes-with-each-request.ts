import { answersTo, askAnew, defineCheck, everyRound, isTaken, nameOfCall, retry } from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Answers without the requestState they belong to continue nothing that was begun before',
  requirement: 'versioning-explicit-state-handles',
  needs: ['modern', 'tool'],
  alone: true,
  hint: 'Find what a request continues by the requestState it carries, never by its connection, its client or what came last.',
  async run(client) {
    let judged = 0
    for (const { call, questions } of await everyRound(client)) {
      const [first] = questions
      if (first.result.requestState === undefined) continue
      const bare = { state: null, responses: answersTo(first.result) }
      const before = await retry(client, first, bare)
      // Where the answers alone are enough, no state was needed.
      if (isTaken(before, first)) continue
      const asked = await askAnew(client, call)
      const after = await retry(client, asked, bare)
      judged++
      const what = `${nameOfCall(call)} without its requestState goes on with what was asked before`
      expect(!isTaken(after, asked), what, 'the questions again, or an error', describe(after))
    }
    if (judged === 0) notApplicable('no call keeps anything in its requestState that its answers could miss')
  },
  fault: () => {
    const open = new Map<string, unknown>()
    return {
      request(request) {
        const { message } = request
        const state = open.get(String(message?.params?.name))
        if (!message?.params?.inputResponses || message.params.requestState !== undefined || state === undefined)
          return undefined
        const params = { ...message.params, requestState: state }
        return { ...request, body: JSON.stringify({ ...message, params }) }
      },
      message({ result }, { call }) {
        const name = String(call?.params?.name)
        if (typeof result?.requestState === 'string') open.set(name, result.requestState)
        else open.delete(name)
      },
    }
  },
})
