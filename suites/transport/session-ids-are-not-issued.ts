import { answersToOldHeader, defineCheck, repliesOf } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No answer carries an Mcp-Session-Id',
  requirement: 'transport-no-session-id-minted',
  needs: ['modern-only'],
  hint: 'A transport of the older kind makes an id for every request: build it without a session id generator, and echo none.',
  async run(client) {
    const survey = await client.survey()
    const echoed = await answersToOldHeader(client, 'mcp-session-id')
    const old = await client.http({
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(handshake),
    })
    old.close()
    const listening = survey.listening ? [survey.listening.reply] : []
    for (const reply of [...repliesOf(survey), ...listening, ...echoed.map((one) => one.reply), old]) {
      const id = reply.header('mcp-session-id')
      expect(id === undefined, 'an answer carries an Mcp-Session-Id', 'no such header', id)
    }
  },
  fault: {
    reply: (reply, { message }) =>
      message?.method === 'tools/list'
        ? { ...reply, headers: { ...reply.headers, 'mcp-session-id': '5f0c9f6e' } }
        : undefined,
  },
})

const handshake = {
  jsonrpc: '2.0',
  id: 'handshake',
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'mcp-gauntlet', version: '0.1.0' } },
}
