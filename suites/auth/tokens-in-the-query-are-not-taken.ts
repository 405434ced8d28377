import { bareHello, defineCheck, entryOf, everyRevision, letIn, signedIn } from '../../src/conformance/check.js'
import { advise, describe } from '../../src/conformance/expect.js'

const names = ['access_token', 'token', 'api_key', 'apikey', 'key', 'authorization']

export default defineCheck({
  title: 'A token in the query string is not taken for credentials',
  requirement: 'auth-401-when-required',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'URLs end up in logs, histories and Referer headers. Take the token from the Authorization header alone.',
  async run(client) {
    await signedIn(client)
    const legacy = client.facts.transport === 'http+sse'
    const hello = bareHello(client)
    for (const name of names) {
      const url = new URL(client.facts.url)
      url.searchParams.set(name, client.given.credential!.token)
      const headers = {
        accept: legacy ? 'text/event-stream' : 'application/json, text/event-stream',
        'content-type': legacy ? null : 'application/json',
        ...Object.fromEntries(hello.headers),
      }
      const reply = await client.http({
        method: legacy ? 'GET' : 'POST',
        url: url.href,
        headers,
        identity: 'none',
        ...(legacy ? {} : { body: JSON.stringify(hello.message) }),
      })
      reply.close()
      advise(
        entryOf(reply) === undefined,
        `the good token is accepted in the URL, as ?${name}=`,
        'HTTP 401',
        describe(reply),
      )
    }
  },
  fault: letIn(
    (request, shown) => shown === undefined && request.url.includes('access_token='),
    (request) => ({ ...request, url: request.url.split('?')[0]! }),
  ),
})
