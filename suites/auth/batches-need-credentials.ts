import {
  defineCheck,
  everyRevision,
  expectTurnedAway,
  intruders,
  letIn,
  request,
  signedIn,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A batch without good credentials is refused as a whole',
  requirement: 'auth-401-when-required',
  needs: ['auth', 'credentials', 'streamable'],
  revisions: everyRevision,
  hint: 'Authenticate the HTTP request before looking at its body; a guard that reads body.method finds none in an array.',
  async run(client) {
    const own = await signedIn(client)
    const batching = client.facts.revisions.includes('2025-03-26')
    const session = batching ? await client.open({ revision: '2025-03-26' }) : own
    for (const { name, identity } of intruders(client)) {
      const reply = await session.post([request(client.plainMethod), request('tools/list')], {}, { identity })
      expectTurnedAway(reply, `a batch ${name}`)
    }
  },
  fault: letIn(
    (request, shown, good) => shown !== good && request.body.startsWith('['),
    (request) => ({ ...request, body: JSON.stringify(JSON.parse(request.body)[0]) }),
  ),
})
