import { defineCheck, everyRevision, expectShut, letIn, request, signedIn } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A token in the message is not taken for credentials',
  requirement: 'auth-401-when-required',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Credentials belong in the Authorization header; what stands in params is written into logs and handed to tools.',
  async run(client) {
    const session = await signedIn(client)
    const { token } = client.given.credential!
    const secrets = { access_token: token, token, api_key: token, authorization: `Bearer ${token}` }
    const bodies = [
      request('tools/list', { _meta: secrets }),
      request('tools/list', secrets),
      { ...request('tools/list'), ...secrets },
      request('tools/call', { name: client.canary(), arguments: secrets, _meta: secrets }),
    ]
    for (const body of bodies)
      expectShut(
        client,
        await session.post(body, {}, { identity: 'none' }),
        `${body.method} with the token in its body only`,
        [400],
      )
  },
  fault: letIn((request, shown) => shown === undefined && request.message?.params?._meta?.access_token !== undefined),
})
