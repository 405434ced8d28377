import {
  approachByDelete,
  approachByGet,
  approachByPost,
  defineCheck,
  foreignOrigin,
  onReply,
} from '../../src/conformance/check.js'
import { expectStatus, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A foreign Origin is answered with 403 on every method',
  requirement: 'security-origin-403',
  callsTools: true,
  hint: 'Refuse a foreign Origin with HTTP 403, not with 400, 401 or a JSON-RPC error under 200.',
  async run(client) {
    const headers = { origin: foreignOrigin }
    const [posts, gets] = await Promise.all([approachByPost(client), approachByGet(client, headers)])
    const approaches = [...posts, ...gets, ...(await approachByDelete(client, headers))]
    const refused = approaches.filter(({ served }) => !served)
    for (const { what, reply } of refused) expectStatus(reply, 403, `${what} with Origin: ${foreignOrigin}`)
    if (refused.length === 0) notApplicable('the server accepts every Origin: security-origin-validation judges that')
  },
  fault: onReply(
    (request) => request.headers.origin !== undefined && request.method !== 'DELETE',
    (reply) => (reply.status === 403 ? { ...reply, status: 400 } : reply),
  ),
})
