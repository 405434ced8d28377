import { defineCheck, expectOwnAnswers, mixedAnswers, nextId } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Calls of many clients at once, with equal ids, each get their own answer',
  requirement: 'transport-multiple-clients',
  needs: ['capability:tools'],
  alone: true,
  hint: 'One transport object for all clients keeps pending requests by id alone, so equal ids cross: make one per session, or per request when stateless.',
  async run(client) {
    const sessions = await Promise.all(Array.from({ length: client.crowd(6) }, () => client.open()))
    const ids = [client.canary('id'), nextId(), nextId()]
    await expectOwnAnswers(
      client,
      sessions.flatMap((session) => ids.map((id) => ({ session, id, name: client.canary() }))),
    )
  },
  fault: mixedAnswers,
})
