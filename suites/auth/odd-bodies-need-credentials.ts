import { bareCall, defineCheck, everyRevision, expectTurnedAway, letIn, signedIn } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Bodies that are no plain JSON message open nothing to a stranger',
  requirement: 'auth-401-when-required',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Authenticate before parsing: a guard that runs only for bodies it understands is passed by the others.',
  async run(client) {
    const session = await signedIn(client)
    const ping = () => JSON.stringify(bareCall(client, client.plainMethod).message)
    const odd: [string, string, Record<string, string | null>][] = [
      ['broken JSON', '{"jsonrpc":"2.0","id":1,"method":"ping"', {}],
      ['an empty body', '', {}],
      ['a message called text/plain', ping(), { 'content-type': 'text/plain' }],
      ['a message without a Content-Type', ping(), { 'content-type': null }],
      ['a message with a byte order mark', `\uFEFF${ping()}`, {}],
      [
        'a message with a doubled method',
        '{"jsonrpc":"2.0","id":"gauntlet-double","method":"initialize","method":"tools/list"}',
        {},
      ],
    ]
    for (const [name, body, headers] of odd) {
      const reply = await session.post(body, headers, { identity: 'none' })
      expectTurnedAway(reply, `${name} without credentials`)
    }
  },
  fault: letIn(
    (request, shown) => shown === undefined && request.headers['content-type'] === 'text/plain',
    (request) => ({ ...request, headers: { ...request.headers, 'content-type': 'application/json' } }),
  ),
})
