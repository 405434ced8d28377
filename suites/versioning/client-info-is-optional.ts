import { defineCheck, eachServed, json, metaKey } from '../../src/conformance/check.js'
import { expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A request whose client does not say who it is is served all the same',
  requirement: 'versioning-client-info-optional',
  hint: 'io.modelcontextprotocol/clientInfo is for display and logs: never require it.',
  run: (client) =>
    eachServed(client, { meta: { clientInfo: undefined } }, (reply, method) => {
      expectResult(reply, `${method} without clientInfo`)
    }),
  fault: {
    request: ({ message }) =>
      message?.params?._meta && !(metaKey.clientInfo in message.params._meta)
        ? json(400, { jsonrpc: '2.0', id: message.id, error: { code: -32602, message: 'clientInfo is missing' } })
        : undefined,
  },
})
