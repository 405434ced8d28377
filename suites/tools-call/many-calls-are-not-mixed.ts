import { defineCheck, expectOwnAnswers, mixedAnswers, nextId } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Eight, sixteen and thirty-two calls at once in one session each get their own answer',
  requirement: 'jsonrpc-response-id-echo',
  needs: ['capability:tools'],
  alone: true,
  hint: 'Keep everything that belongs to a request in variables of its handler; what stands on the server object or the module is shared by all that run.',
  async run(client) {
    const session = await client.session()
    for (const count of client.sample([8, 32], 1)) {
      await expectOwnAnswers(
        client,
        Array.from({ length: count }, (_, i) => ({
          session,
          id: i % 2 ? nextId() : client.canary(),
          name: client.canary(),
        })),
      )
    }
  },
  fault: mixedAnswers,
})
