import { type Fingerprint, field, type Sighting } from './fingerprint.js'

/** A message without a session id is refused rightly, and probes leave it out on purpose; a GET is how a client of a stateless server asks. */
const inSessionOrGet = ({ sent, method }: Sighting) => field(sent, 'mcp-session-id') !== undefined || method === 'GET'

/** Sessions and transports that are shared, lost or locked. */
export const sessions: readonly Fingerprint[] = [
  {
    id: 'task-group-not-initialized',
    layer: 'framework',
    step: 'handshake',
    body: /task group is not initialized|session manager.{0,40}(not (been )?(started|running|initialized))/i,
    cause: 'The MCP app is mounted without its lifespan: its session manager was never started',
    fixes: [
      {
        stack: 'FastAPI/Starlette',
        text: 'pass it to the parent: FastAPI(lifespan=mcp_app.lifespan), or run mcp.session_manager.run() in the lifespan of the parent.',
      },
    ],
    link: 'https://github.com/modelcontextprotocol/python-sdk/issues/1467',
  },
  {
    id: 'python-app-raises',
    layer: 'framework',
    step: 'handshake',
    status: [500],
    body: /^Internal Server Error$/,
    when: ({ headers }) =>
      headers.some(([name, value]) => /^server$/i.test(name) && /uvicorn|hypercorn|daphne/i.test(value)),
    cause:
      'The Python app raises an exception on every request; on a mounted MCP app mostly "Task group is not initialized", since its lifespan does not run',
    fixes: [
      { stack: 'FastAPI/Starlette', text: 'FastAPI(lifespan=mcp_app.lifespan) for the app it is mounted in.' },
      { text: "The server's log has the traceback." },
    ],
    link: 'https://github.com/modelcontextprotocol/python-sdk/issues/1467',
  },
  {
    id: 'already-connected',
    layer: 'your code',
    step: 'handshake',
    body: /already connected to a transport/i,
    cause:
      'One Server object is connected to a second transport while the first still lives: it is shared by requests or sessions',
    fixes: [
      {
        stack: 'TypeScript',
        text: 'create server and transport together, per session (per request when stateless), and close both when the response ends.',
      },
    ],
    link: 'https://github.com/perplexityai/modelcontextprotocol/issues/117',
  },
  {
    id: 'stateless-transport-reused',
    layer: 'your code',
    step: 'handshake',
    body: /stateless transport cannot be reused/i,
    cause:
      'One stateless transport serves all requests: the SDK refuses from the second one on, since answers could go to the wrong client',
    fixes: [
      { stack: 'TypeScript', text: 'new Server and new StreamableHTTPServerTransport in every request handler.' },
    ],
    link: 'https://github.com/modelcontextprotocol/typescript-sdk/security/advisories/GHSA-345p-7cg4-v4c7',
  },
  {
    id: 'already-initialized',
    layer: 'your code',
    step: 'handshake',
    // An initialize carries no session id: who finds none to it has one transport, and that has ended.
    when: ({ body, sent, status }) =>
      /server already initialized/i.test(body) ||
      (status === 404 && /session not found/i.test(body) && field(sent, 'mcp-session-id') === undefined),
    cause:
      'One stateful transport serves the whole process: the second client is refused, and so is everybody once the first has left',
    fixes: [
      {
        stack: 'TypeScript',
        text: 'keep a map from Mcp-Session-Id to transport, a new server and transport for every initialize.',
      },
    ],
    link: 'https://github.com/modelcontextprotocol/typescript-sdk/blob/main/docs/server.md',
  },
  {
    id: 'not-initialized',
    layer: 'your code',
    step: 'handshake',
    body: /server not initialized/i,
    when: inSessionOrGet,
    cause:
      'The transport that got the request has never seen its initialize: a transport per request in stateful mode, a restored session, or another replica',
    fixes: [
      {
        text: 'Keep the transport with its session, answer 404 where it is gone, or go stateless (sessionIdGenerator: undefined).',
      },
    ],
    link: 'https://github.com/modelcontextprotocol/typescript-sdk/issues/360',
  },
  {
    id: 'before-initialization',
    layer: 'SDK',
    step: 'handshake',
    body: /before initialization was complete/i,
    cause: 'A request overtakes notifications/initialized, or reaches another session than its handshake',
    fixes: [{ text: 'Update the SDK, and serve Streamable HTTP in place of HTTP+SSE.' }],
    link: 'https://github.com/modelcontextprotocol/python-sdk/issues/423',
  },
  {
    id: 'one-stream-per-session',
    layer: 'SDK',
    step: 'call',
    status: [409],
    body: /only one sse stream|conflict/i,
    cause: 'The stream of a client that has gone still counts as open, so that its return is refused',
    fixes: [{ text: 'Let a new GET take the place of the old stream, and notice closed connections.' }],
    link: 'https://github.com/supercorp-ai/supergateway/issues/126',
  },
  {
    id: 'session-still-registered',
    layer: 'proxy or WAF',
    step: 'handshake',
    body: /session already exists|session registration failed/i,
    cause: 'A gateway still holds the session of a client that has gone',
    fixes: [{ text: 'Release it when the connection closes.' }],
    link: 'https://github.com/render-oss/render-mcp-server/issues/26',
  },
  {
    id: 'late-output-of-the-child',
    layer: 'SDK',
    step: 'call',
    body: /no connection established for request id/i,
    cause: 'The bridge breaks on what its child says after the client has gone',
    fixes: [{ text: 'Update the bridge; output for closed requests is to be dropped.' }],
    link: 'https://github.com/supercorp-ai/supergateway/issues/116',
  },
  {
    id: 'session-unknown',
    layer: 'proxy or WAF',
    step: 'call',
    status: [404, 400],
    body: /session not found|session.{0,30}(expired|unknown|does not exist)|unknown session|invalid session/i,
    when: ({ sent }) => field(sent, 'mcp-session-id') !== undefined,
    cause:
      'The server does not know a session that it issued itself: several replicas without affinity, or a restart in between',
    fixes: [
      { text: 'Serve statelessly, or route by Mcp-Session-Id.' },
      {
        stack: 'nginx',
        text: 'hash $http_mcp_session_id consistent; with initialize still spread by round robin, the id must name its replica.',
      },
    ],
    link: 'https://github.com/modelcontextprotocol/typescript-sdk/issues/405',
  },
  {
    id: 'session-id-missing',
    layer: 'your code',
    step: 'call',
    status: [400],
    body: /no valid session id|missing session ?id|no session ?id|session id (is )?(required|missing)/i,
    when: inSessionOrGet,
    cause:
      'The server asks for a session id: it was not sent, not exposed to the browser (CORS), or belongs to no session it knows',
    fixes: [
      {
        text: 'Answer 404 for an unknown id and 400 only where none was sent; a stateless server must not ask for one.',
      },
      { stack: 'CORS', text: 'Access-Control-Expose-Headers: Mcp-Session-Id on the answer itself.' },
    ],
    link: 'https://github.com/modelcontextprotocol/typescript-sdk/issues/389',
  },
  {
    id: 'request-state-of-another-process',
    layer: 'your code',
    step: 'call',
    body: /invalid_request_state/i,
    cause: 'The state of a question was signed by another process: each replica has a key of its own',
    fixes: [{ text: 'Share the signing key between replicas.' }],
    link: 'https://github.com/supercorp-ai/supergateway/pull/198',
  },
]
