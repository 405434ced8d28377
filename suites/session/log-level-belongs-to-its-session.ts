import { defineCheck, logged, loggingSession, ownLogs, request, severity } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The log level one client sets does not change what another client is sent',
  requirement: 'logging-level-respected',
  needs: ['capability:logging', 'tool'],
  hint: 'Keep the level with the session, not in a variable of the process.',
  async run(client) {
    const quiet = await loggingSession(client, 'emergency')
    // What was said before the level was set proves nothing about it.
    const before = (await ownLogs(client, quiet)).length
    const loud = await loggingSession(client, 'debug')
    if (client.facts.transport !== 'http+sse' && !quiet.id)
      notTestable('the server keeps no sessions a level could be remembered in')
    const callers = [quiet, loud].flatMap((session) => client.tools.map((tool) => ({ session, tool })))
    await Promise.all(callers.map(({ session, tool }) => session.post(request('tools/call', { ...tool }))))
    if ((await logged(client, loud, () => true)).length === 0)
      notTestable('no named tool writes a log message: name one that does with --tool')
    const since = (await ownLogs(client, quiet)).slice(before)
    const found = since.find((message) => severity(message) >= 0 && severity(message) < 5)
    expect(
      found === undefined,
      'a client that asked for emergencies only got a message after another client set its own level to debug',
      'silence',
      found,
    )
  },
  fault: {
    request(request) {
      if (request.message?.method !== 'logging/setLevel') return undefined
      return { ...request, body: request.body.replace('emergency', 'debug') }
    },
  },
})
