import {
  bearing,
  calls,
  defineCheck,
  entrance,
  letIn,
  messageDoor,
  request,
  requestDoors,
  signedIn,
  streamDoor,
} from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A token that has too little scope to start a session reaches neither tool nor stream in one that is open',
  requirement: 'tools-access-controlled',
  needs: ['auth', 'oauth', 'credentials', 'insufficient-scope-token'],
  hint: 'Check the scope on every request, tools/call above all; a check at initialize alone is passed with the session id of another client.',
  async run(client) {
    const identity = bearing(client, client.given.bad['insufficient-scope']!)
    const session = await signedIn(client)
    const started = await entrance(client).knock(identity)
    started.close()
    if (started.status !== 403 && started.status !== 401)
      notApplicable('the insufficient-scope token may start a session')
    const tools = client.tools.map((tool) =>
      messageDoor(session, `tools/call ${tool.name}`, () =>
        request('tools/call', { name: tool.name, arguments: tool.arguments }),
      ),
    )
    const streams = client.facts.getStream ? [streamDoor(client, session)] : []
    for (const door of [
      ...streams,
      ...requestDoors(client, session).filter((one) => /tools/.test(one.name)),
      ...tools,
    ]) {
      const reply = await door.knock(identity)
      reply.close()
      expect(!reply.ok, `${door.name} with the insufficient-scope token was carried out`, 'HTTP 403', describe(reply))
    }
  },
  fault: letIn((request, shown, good) => shown !== undefined && shown !== good && calls('tools/call')(request)),
})
