import type { StepId } from '../../src/protocol/fingerprints/index.js'

/**
 * How a failure is found: `doctor` breaks at a step (`print`: with that fingerprint), `doctor` notes it at a step, a check fails or warns, or
 * a check was recorded to fail on a server of test/interop.
 */
export type Found =
  | { doctor: StepId; print?: string }
  | { note: StepId; says: RegExp }
  | { check: string }
  | { recorded: string }

/** One kind of failure that people met in the field, by its number in the list it was collected in. */
export interface FieldRow {
  row: number
  symptom: string
  found: Found
  /** A server that has it: a key of fieldServers, or a name of test/interop where the finding is recorded. */
  server: string
}

/** What is found, each on a server that really has it. */
export const rows: readonly FieldRow[] = [
  {
    row: 1,
    symptom: '307 between /mcp and /mcp/',
    found: { doctor: 'redirect', print: 'redirect-for-a-slash' },
    server: 'FastMCP, called with a slash',
  },
  {
    row: 2,
    symptom: 'redirect from https to http',
    found: { doctor: 'redirect', print: 'redirect-to-http' },
    server: 'TLS in nginx, FastMCP behind',
  },
  {
    row: 3,
    symptom: '421 Invalid Host header',
    found: { doctor: 'host', print: 'host-guard' },
    server: 'nginx with a public name, mcp 1.30 behind',
  },
  {
    row: 4,
    symptom: '421 when Host has no port',
    found: { note: 'host', says: /without the port/ },
    server: 'mcp 1.30 with its Host guard',
  },
  {
    row: 5,
    symptom: '403 invalid Host',
    found: { doctor: 'host', print: 'host-guard' },
    server: 'nginx with a public name, SDK example behind',
  },
  {
    row: 6,
    symptom: '403 and a page: clients without User-Agent',
    found: { doctor: 'waf' },
    server: 'nginx that asks for a User-Agent',
  },
  {
    row: 7,
    symptom: '403 for bodies that hold SQL',
    found: { note: 'call', says: /reads like SQL/ },
    server: 'a body rule in front of Express',
  },
  {
    row: 8,
    symptom: 'Parse error: stream is not readable',
    found: { doctor: 'body', print: 'body-already-read' },
    server: 'Express with one transport, body not handed on',
  },
  {
    row: 9,
    symptom: '413 above 100 kB',
    found: { note: 'call', says: /150 kB is refused/ },
    server: 'express.json() with its default limit',
  },
  {
    row: 10,
    symptom: 'Task group is not initialized',
    found: { doctor: 'handshake', print: 'python-app-raises' },
    server: 'FastAPI mount without lifespan',
  },
  {
    row: 11,
    symptom: '502 from the proxy, nothing in the log',
    found: { doctor: 'path', print: 'bad-gateway' },
    server: 'nginx with a dead server behind',
  },
  {
    row: 12,
    symptom: '406 although both are accepted',
    found: { doctor: 'accept', print: 'accept-lost' },
    server: 'nginx that rewrites Accept',
  },
  {
    row: 13,
    symptom: 'notifications/initialized gets 200 null',
    found: { check: 'transport/notifications-get-202' },
    server: 'notifications answered with 200 null',
  },
  {
    row: 14,
    symptom: 'GET gets a landing page',
    found: { check: 'transport/get-is-stream-or-405' },
    server: 'GET answered with a landing page',
  },
  {
    row: 15,
    symptom: 'GET gets 400 No sessionId',
    found: { check: 'transport/get-is-stream-or-405' },
    server: 'GET of a stateless server asks for a session',
  },
  {
    row: 17,
    symptom: 'unknown MCP-Protocol-Version gets 200',
    found: { check: 'initialize/unsupported-header-is-400' },
    server: 'MCP-Protocol-Version is not looked at',
  },
  {
    row: 18,
    symptom: 'MCP-Protocol-Version wanted on initialize',
    found: { doctor: 'handshake', print: 'version-header-before-handshake' },
    server: 'MCP-Protocol-Version wanted on initialize',
  },
  {
    row: 19,
    symptom: 'newer clients get 400',
    found: { check: 'initialize/unknown-version-gets-another' },
    server: 'a fixed list of versions',
  },
  {
    row: 21,
    symptom: 'id: null is accepted',
    found: { recorded: 'jsonrpc/invalid-ids-are-refused' },
    server: 'everything-http',
  },
  {
    row: 22,
    symptom: 'malformed JSON gets a page with a stack',
    found: { note: 'body', says: /stack trace/ },
    server: 'Express with its own error page',
  },
  {
    row: 23,
    symptom: 'no events until the stream ends',
    found: { check: 'deployment/streams-are-not-held-back' },
    server: 'nginx with buffering on',
  },
  {
    row: 24,
    symptom: 'SSE silent behind compression',
    found: { check: 'deployment/streams-are-not-compressed' },
    server: 'nginx with gzip for everything',
  },
  {
    row: 26,
    symptom: 'idle stream cut after a fixed time',
    found: { check: 'deployment/idle-streams-live' },
    server: 'nginx that gives up after two seconds',
  },
  {
    row: 28,
    symptom: '409 Only one SSE stream is allowed',
    found: { check: 'deployment/streams-can-be-reopened' },
    server: 'nginx that does not tell when clients leave',
  },
  {
    row: 30,
    symptom: "replay of another stream's events",
    found: { recorded: 'streams/replay-stays-on-its-stream' },
    server: 'everything-http',
  },
  {
    row: 31,
    symptom: 'the endpoint event names an inner path',
    found: { doctor: 'handshake' },
    server: 'HTTP+SSE that announces an inner path',
  },
  {
    row: 32,
    symptom: 'browser: Missing session ID',
    found: { check: 'browser/session-id-is-exposed' },
    server: 'FastMCP with CORS, nothing exposed',
  },
  {
    row: 33,
    symptom: 'mcp-protocol-version not allowed by the preflight',
    found: { check: 'browser/preflight-allows-the-headers' },
    server: 'a preflight that allows Content-Type only',
  },
  {
    row: 34,
    symptom: 'errors without CORS headers',
    found: { check: 'browser/errors-carry-cors-too' },
    server: 'CORS on results only',
  },
  {
    row: 35,
    symptom: 'preflight 204, then POST 403',
    found: { check: 'browser/preflight-and-post-agree' },
    server: 'CORS for all, guard of Origin for few',
  },
  {
    row: 36,
    symptom: 'any Origin is accepted',
    found: { recorded: 'security/foreign-origin-on-post-is-refused' },
    server: 'everything-http',
  },
  {
    row: 37,
    symptom: 'unknown session gets 400',
    found: { recorded: 'session/unknown-id-is-404' },
    server: 'everything-http',
  },
  {
    row: 38,
    symptom: 'now and then 404 Session not found',
    found: { check: 'replica/sessions-follow-their-id' },
    server: 'two replicas without affinity',
  },
  {
    row: 39,
    symptom: '400 Server not initialized',
    found: { doctor: 'list', print: 'not-initialized' },
    server: 'a transport per request that keeps sessions',
  },
  {
    row: 42,
    symptom: 'Already connected to a transport',
    found: { doctor: 'handshake' },
    server: 'one McpServer for all requests',
  },
  {
    row: 43,
    symptom: 'Server already initialized',
    found: { doctor: 'handshake', print: 'already-initialized' },
    server: 'one stateful transport for all clients',
  },
  {
    row: 44,
    symptom: 'answers go to the wrong client (CVE-2026-25536)',
    found: { check: 'transport/many-clients-are-served' },
    server: 'SDK 1.25.3 with a shared stateless transport',
  },
  {
    row: 50,
    symptom: "one user sees another's answers",
    found: { recorded: 'tools-call/many-sessions-are-not-mixed' },
    server: 'supergateway-sse',
  },
  {
    row: 55,
    symptom: '401 that does not say how to sign in',
    found: { note: 'auth', says: /does not implement OAuth/ },
    server: '401 without a challenge',
  },
  {
    row: 56,
    symptom: 'resource metadata at one place only',
    found: { note: 'auth', says: /No metadata at/ },
    server: 'metadata at the root only',
  },
  {
    row: 57,
    symptom: 'Protected resource does not match',
    found: { doctor: 'auth' },
    server: 'metadata of another resource',
  },
  {
    row: 58,
    symptom: '/.well-known/* wants credentials',
    found: { doctor: 'auth' },
    server: 'metadata behind the guard',
  },
  {
    row: 59,
    symptom: 'a bad token gets 500',
    found: { check: 'auth/garbage-tokens-are-401' },
    server: 'bad tokens answered with 500',
  },
  {
    row: 60,
    symptom: 'another spelling of the path is open',
    found: { check: 'auth/other-spellings-of-the-path-open-nothing' },
    server: 'a guard that compares the path',
  },
]

/** Kinds of failure that need what a run has not, with what finds them instead. */
export const leftOut: readonly { row: number; symptom: string; why: string }[] = [
  {
    row: 16,
    symptom: '401 to a GET that is not offered',
    why: 'every server with its guard in front does so; clients of today cope',
  },
  { row: 20, symptom: 'batches after 2025-06-18', why: 'the spec does not say how they are refused' },
  {
    row: 25,
    symptom: 'GET stream 503 after 30 s',
    why: 'deployment/idle-streams-live with --slow; no gateway of that kind here',
  },
  { row: 27, symptom: 'API Gateway cuts at 29 s', why: 'fingerprint gateway-timeout; no API Gateway here' },
  {
    row: 29,
    symptom: 'session already exists at a gateway',
    why: 'fingerprint session-still-registered; the gateway is not public',
  },
  { row: 40, symptom: 'tools vanish after a deploy', why: 'needs a restart of the server during the run' },
  {
    row: 41,
    symptom: 'request before initialization was complete',
    why: 'fingerprint before-initialization; mended in current SDKs',
  },
  { row: 45, symptom: 'memory grows with abandoned sessions', why: 'load --profile churn-leave' },
  { row: 46, symptom: 'a session per request brings the server down', why: 'load --session per-request' },
  { row: 47, symptom: 'stateless servers leak', why: 'load --profile soak' },
  { row: 48, symptom: 'held streams use up connections', why: 'load --profile streams' },
  { row: 49, symptom: 'a process per request is never ended', why: 'load --profile churn with --target-pid' },
  {
    row: 51,
    symptom: 'one client leaves, the bridge dies',
    why: 'isolation/dropped-calls-do-no-harm; the current bridge has mended it',
  },
  { row: 52, symptom: 'log lines on stdout', why: 'parity counts them on the STDIO side' },
  { row: 53, symptom: 'questions to the client hang when stateless', why: 'needs a tool that asks' },
  { row: 54, symptom: 'requestState of another process', why: 'fingerprint request-state-of-another-process' },
]
