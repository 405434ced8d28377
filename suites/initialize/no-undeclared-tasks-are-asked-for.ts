import { asksUnfitly, defineCheck, questionsOf } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Clients that declare no tasks are asked for none',
  requirement: 'tasks-server-no-undeclared-augment',
  needs: ['tool'],
  hint: 'Look for tasks.requests in the capabilities of the client before a task member is added to sampling or elicitation.',
  async run(client) {
    const methods = ['elicitation/create', 'sampling/createMessage']
    const asked = (await Promise.all(methods.map((method) => questionsOf(client, method)))).flat()
    if (asked.length === 0) notApplicable('no named tool asks the client for anything')
    for (const { key, params } of asked)
      expect(params.task === undefined, `the request ${key} wants to run as a task of the client`, 'no task', params)
  },
  fault: asksUnfitly('elicitation/create', {
    message: 'Agreed?',
    requestedSchema: { type: 'object', properties: { agreed: { type: 'boolean' } } },
    task: { ttl: 60_000 },
  }),
})
