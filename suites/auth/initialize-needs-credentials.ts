import {
  defineCheck,
  entrance,
  entryOf,
  everyRevision,
  expectShut,
  letIn,
  stranger,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Nobody starts without credentials: the first request of a stranger is answered with 401',
  requirement: 'auth-401-when-required',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'Put the authentication before the MCP route, for every method: app.use(path, requireBearerAuth(...)) rather than a test in one handler. If strangers are welcome, say so with --auth none.',
  async run(client) {
    const door = entrance(client)
    const reply = await door.knock(stranger.identity)
    if (client.facts.auth.open) {
      reply.close()
      const message =
        'credentials were given, yet a stranger is served without any; if that is intended, run with --auth none'
      expect(entryOf(reply) === undefined, message, 'HTTP 401', describe(reply))
    }
    expectShut(client, reply, `${door.name} without credentials`, door.also)
    if (client.facts.transport === 'http+sse') return
    for (const offer of ['2024-11-05', '1999-01-01']) {
      const { opening } = await client.open({ identity: 'none', offer, initialized: false })
      expectShut(client, opening, `POST initialize for ${offer} without credentials`)
    }
  },
  fault: letIn((_request, shown) => shown === undefined),
})
