import {
  bareHello,
  bearing,
  defineCheck,
  everyDoor,
  everyRevision,
  expectAllShut,
  expectNoEntry,
  letIn,
  signedIn,
  stranger,
  streamDoor,
  type Visitor,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A live session id opens nothing by itself, in its own header, in the URL or as a token',
  requirement: 'session-not-authentication',
  needs: ['auth', 'credentials', 'session'],
  revisions: everyRevision,
  hint: 'Find the session first and you forget the token: authenticate every request before looking its session up.',
  async run(client) {
    const session = await signedIn(client)
    const shown: Visitor = {
      name: 'with the session id as its token',
      identity: bearing(client, session.id!),
      also: [400],
    }
    const bearer: Visitor = {
      name: 'with Authorization: Bearer and the session id',
      identity: [['authorization', `Bearer ${session.id}`]],
      also: [400],
    }
    const doors = [...(await everyDoor(client)), streamDoor(client, session)]
    const late: Visitor = {
      ...stranger,
      name: 'with nothing but the session id',
      headers: { 'mcp-session-id': session.id! },
      also: [400],
    }
    await expectAllShut(client, doors, [late, shown, bearer])
    const url = new URL(client.facts.url)
    for (const name of ['sessionId', 'session_id', 'session', 'mcp-session-id']) url.searchParams.set(name, session.id!)
    const { message, headers } = bareHello(client)
    const accept = 'application/json, text/event-stream'
    const typed = { accept, 'content-type': 'application/json', ...Object.fromEntries(headers) }
    const body = JSON.stringify(message)
    const reply = await client.http({ method: 'POST', url: url.href, headers: typed, identity: 'none', body })
    expectNoEntry(reply, 'initialize with nothing but the session id in the query')
  },
  fault: letIn(
    (request, shown) =>
      request.headers['mcp-session-id'] !== undefined && shown === `Bearer ${request.headers['mcp-session-id']}`,
  ),
})
