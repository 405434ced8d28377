import { askAll, completables, completing, defineCheck, onResult } from '../../src/conformance/check.js'
import { expectShape, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'completion/complete returns a completion with a list of texts, an integer total and a boolean hasMore',
  requirement: 'schema-completion-result',
  needs: ['capability:completions'],
  hint: 'The values stand in result.completion.values, as texts; leave total and hasMore out rather than sending null.',
  async run(client) {
    const some = await completables(client)
    const all = some.flatMap((one) => ['', 'a', client.canary()].map((value) => completing(one, value)))
    const replies = (await askAll(client, 'completion/complete', all)).map(({ reply }) => reply.response)
    const answers = replies.filter((response) => response !== undefined && 'result' in response)
    if (answers.length === 0) notTestable('no completion of a listed prompt or template was answered with a result')
    for (const response of answers) {
      expectShape(response?.result, 'CompleteResult', client.revision, 'the result of completion/complete')
    }
  },
  fault: onResult('completion/complete', ({ completion }) => completion),
})
