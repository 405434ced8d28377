import { defineCheck, isNotification, isResponse, notification } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The server sends no notification of a capability it did not declare',
  requirement: 'lifecycle-negotiated-capabilities',
  last: true,
  hint: 'Declare listChanged, subscribe or logging before you send what belongs to them.',
  async run(client) {
    const { received } = await client.survey()
    const { tools, prompts, resources, logging } = client.facts.capabilities
    const declared: Record<string, unknown> = {
      'notifications/tools/list_changed': tools?.listChanged,
      'notifications/prompts/list_changed': prompts?.listChanged,
      'notifications/resources/list_changed': resources?.listChanged,
      'notifications/resources/updated': resources?.subscribe,
      'notifications/message': logging,
    }
    const stream = client.facts.getStream || client.facts.answers === 'sse' || client.facts.transport === 'http+sse'
    if (!stream) notApplicable('the server has no stream on which it could send notifications')
    const notes = received.map(({ message }) => message).filter(isNotification)
    const beyond = notes.find((note) => note.method in declared && !declared[note.method])
    expect(beyond === undefined, `${beyond?.method} was sent without its capability`, 'a declared capability', beyond)
  },
  fault: {
    message(message, { channel, call, streams }) {
      if (!isResponse(message) || call?.method !== 'ping') return undefined
      const note = notification('notifications/prompts/list_changed')
      if (channel !== 'json') return [note, message]
      for (const stream of streams) if (stream.request.method === 'GET') stream.send({ data: JSON.stringify(note) })
      return undefined
    },
  },
})
