import {
  ableClient,
  askAnew,
  defineCheck,
  everyPage,
  inputRequired,
  instead,
  isDone,
  isTaken,
  json,
  metaKey,
  nameOfCall,
  play,
  requestAlone,
  retryParams,
} from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What belongs together may be asked over different connections: pages of a list, rounds of a call',
  requirement: 'versioning-no-connection-affinity',
  needs: ['modern'],
  hint: 'Keep what a cursor or a state stands for in itself, or where every instance finds it, and not with the socket.',
  async run(client) {
    const pages = await everyPage(client)
    const asked = await inputRequired(client)
    if (pages.length + asked.length === 0) notApplicable('no list has a second page, and no call has a second round')
    for (const { method, cursor } of pages) {
      const reply = await requestAlone(client, method, { cursor })
      expect(reply.response?.result !== undefined, `${method} goes on elsewhere`, 'a page', describe(reply))
    }
    const _meta = { [metaKey.clientCapabilities]: ableClient }
    for (const call of asked) {
      if (!isDone((await play(client, await askAnew(client, call))).last)) continue
      const question = await askAnew(client, call)
      const reply = await requestAlone(client, call.method, { ...retryParams(question), _meta })
      const what = `the second round of ${nameOfCall(call)}, over another connection,`
      expect(isTaken(reply, question), `${what} should be taken`, 'what is answered over the same', describe(reply))
    }
  },
  fault: instead(
    ({ message, headers }) => headers.connection === 'close' && message?.params?.inputResponses !== undefined,
    ({ message }) =>
      json(200, { jsonrpc: '2.0', id: message?.id, error: { code: -32602, message: 'Unknown connection' } }),
  ),
})
