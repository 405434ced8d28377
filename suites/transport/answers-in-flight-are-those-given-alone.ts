import { defineCheck, outcomeAlone, steadyCalls } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Reads, prompts, completions and calls in flight together have the results they have alone',
  requirement: 'transport-multiple-clients',
  callsTools: true,
  hint: 'Nothing about a request may live in a variable that the next request overwrites.',
  async run(client) {
    const calls = await steadyCalls(client)
    if (calls.length < 2) notApplicable('the server has no two reads, prompts or completions that could be told apart')
    const together = await Promise.all([...calls, ...calls].map((call) => outcomeAlone(client, call)))
    for (const [at, outcome] of together.entries()) {
      const call = calls[at % calls.length]!
      const other = calls.find((one) => one.outcome === outcome && one !== call)
      if (outcome === call.outcome || !other) continue
      // What changes from one request to the next says nothing of others.
      if ((await outcomeAlone(client, call)) !== call.outcome) continue
      expect(
        false,
        `${call.method} of ${JSON.stringify(call.params)} among others got the result of ${JSON.stringify(other.params)}`,
        call.outcome,
        outcome,
      )
    }
  },
  fault: () => {
    let [inFlight, before] = [0, undefined as unknown]
    const concerned = /^(resources\/read|prompts\/get|completion\/complete)$/
    return {
      async request({ message }) {
        if (!concerned.test(String(message?.method))) return
        inFlight++
        await new Promise((resolve) => setTimeout(resolve, 15))
      },
      message(message, { call }) {
        if (!concerned.test(String(call?.method)) || 'method' in message) return undefined
        const result = inFlight > 1 ? before : undefined
        inFlight--
        before = message.result
        return result ? { ...message, result } : undefined
      },
    }
  },
})
