import { defineCheck, isNotification, isObject, request, type Session } from '../../src/conformance/check.js'
import { assumeResult, expect, notTestable } from '../../src/conformance/expect.js'

const low = ['debug', 'info', 'notice', 'warning', 'error']

function logs(session: Session): any[] {
  return session.received
    .map(({ message }) => message)
    .filter((message) => isNotification(message) && message.method === 'notifications/message')
}

export default defineCheck({
  title: 'The log level one client sets does not change what another client is sent',
  requirement: 'logging-level-respected',
  needs: ['capability:logging', 'tool'],
  hint: 'Keep the level with the session, not in a variable of the process.',
  async run(client) {
    const [quiet, loud] = [await client.open(), await client.open()]
    if (client.facts.transport !== 'http+sse' && !quiet.id)
      notTestable('the server keeps no sessions a level could be remembered in')
    assumeResult(await quiet.request('logging/setLevel', { level: 'emergency' }), 'logging/setLevel')
    assumeResult(await loud.request('logging/setLevel', { level: 'debug' }), 'logging/setLevel in another session')
    const callers = [quiet, loud].flatMap((session) => client.tools.map((tool) => ({ session, tool })))
    await Promise.all(callers.map(({ session, tool }) => session.post(request('tools/call', { ...tool }))))
    if (logs(loud).length === 0) notTestable('no named tool writes a log message: name one that does with --tool')
    const found = logs(quiet).find((message) => isObject(message.params) && low.includes(message.params.level))
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
