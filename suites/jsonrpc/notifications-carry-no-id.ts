import { defineCheck, isObject, request } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Notifications the server sends carry no id',
  requirement: 'jsonrpc-notification-no-id',
  callsTools: true,
  hint: 'Give ids to requests only: a client answers whatever carries one.',
  async run(client) {
    const survey = await client.survey()
    const session = await client.session()
    const stream = client.facts.getStream ? await session.get() : undefined
    if (client.facts.capabilities.logging) await session.request('logging/setLevel', { level: 'debug' })
    const calls = client.tools.map((tool) =>
      request('tools/call', { ...tool, _meta: { progressToken: client.canary('token') } }),
    )
    const options = client.modern ? { meta: { logLevel: 'debug' } } : {}
    await Promise.all(calls.map((call) => session.post(call, {}, options)))
    stream?.close()
    const messages = [...survey.received, ...session.received].map(({ message }) => message)
    const notes = messages.filter(
      (message) => isObject(message) && String(message.method).startsWith('notifications/'),
    ) as Record<string, any>[]
    if (notes.length === 0)
      notTestable('the server sent no notification: name a tool that logs or reports progress with --tool')
    for (const note of notes) expect(!('id' in note), `${note.method} carries an id`, 'no id', note)
  },
  fault: { message: (message) => ('method' in message && !('id' in message) ? { ...message, id: null } : undefined) },
})
