import { defineCheck, json } from '../../src/conformance/check.js'
import { assumeResult, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'ping is answered before the client has sent notifications/initialized',
  requirement: 'ping-answered',
  hint: 'Until the handshake is done, ping is the one request a client may send.',
  async run(client) {
    const session = await client.open({ initialized: false })
    assumeResult(session.opening, 'initialize')
    expectResult(await session.request('ping'), 'ping between initialize and notifications/initialized')
    await session.notify('notifications/initialized')
    expectResult(await session.request('ping'), 'ping after notifications/initialized')
  },
  fault: () => {
    let ready = false
    return {
      request(request) {
        const method = request.message?.method
        if (method === 'initialize') ready = false
        if (method === 'notifications/initialized') ready = true
        const { id } = request.message ?? {}
        return method === 'ping' && !ready
          ? json(400, { jsonrpc: '2.0', id, error: { code: -32000, message: 'Not initialized' } })
          : undefined
      },
    }
  },
})
