import { defineCheck, everyQuestion, type FaultEvent, repeatedKeys } from '../../src/conformance/check.js'
import { expectEqual } from '../../src/conformance/expect.js'

/** The same answer with its first question asked twice under one key. */
function doubled(text: string): string {
  return text.replace(/("inputRequests":\{)("[^"]+":)/, '$1$2{"method":"roots/list"},$2')
}

export default defineCheck({
  title: 'The keys of the questions of a result are unique',
  requirement: 'mrtr-input-request-keys-unique',
  needs: ['modern', 'tool'],
  hint: 'Two members of one name in the JSON text: parsers keep only one of the questions.',
  async run(client) {
    for (const { method, reply } of await everyQuestion(client)) {
      const texts = reply.isStream ? reply.events.map(({ data }) => data) : [reply.text]
      const twice = texts.flatMap((text) => repeatedKeys(text, 'inputRequests'))
      expectEqual(twice, [], `the list of keys that the questions of ${method} have twice`)
    }
  },
  fault: {
    event: (event: FaultEvent) => ({ ...event, data: doubled(event.data) }),
    reply: (reply) => (reply.body === undefined ? undefined : { ...reply, body: doubled(reply.body) }),
  },
})
