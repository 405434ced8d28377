import { defineCheck, expectIgnored, instead } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A malformed cancellation does no harm and gets no answer',
  requirement: 'cancellation-invalid-ignored',
  hint: 'Check that params.requestId is a text or an integer before using it; a TypeError here must not end the session.',
  async run(client) {
    const session = await client.session()
    for (const params of [
      undefined,
      {},
      { requestId: null },
      { requestId: {} },
      { requestId: [1] },
      { requestId: true },
      { requestId: client.canary(), reason: 42 },
    ]) {
      await expectIgnored(session, params, false)
    }
  },
  fault: instead(
    (request) =>
      request.message?.method === 'notifications/cancelled' && typeof request.message.params?.requestId !== 'string',
    () => ({ status: 500, headers: { 'content-type': 'text/plain' }, body: 'TypeError' }),
  ),
})
