/**
 * Why each check that fails on a real server fails rightly: read by hand against the spec's text and the server's source. The same words
 * hold for every server that docs/interop.md lists under the check.
 */
export const judgements: Record<string, string> = {
  'auth/empty-credentials-are-refused':
    "The example's token verifier throws a plain Error for what it cannot introspect, which the SDK turns into 500. RFC 6750 section 3.1 and the spec's error table want 401 for an invalid token.",
  'auth/garbage-tokens-are-401': 'The same 500 for a token that is none: should be 401 with invalid_token.',
  'auth/malformed-headers-are-400-or-401': 'The same 500 for a malformed Authorization header: should be 400 or 401.',
  'auth/other-schemes-are-refused': 'The same 500 for a garbage secret.',
  'auth/placeholder-tokens-are-401': 'The same 500 for the token "undefined".',
  'auth/repeated-headers-open-nothing': 'The same 500 for two Authorization headers. Nothing is let in.',
  'auth/rewritten-tokens-are-401': 'The same 500 for a token with another subject. Nothing is let in.',
  'auth/self-signed-tokens-are-401': 'The same 500 for a token that somebody else signed. Nothing is let in.',
  'auth/unsigned-tokens-are-401': 'The same 500 for a token without a signature. Nothing is let in.',
  'initialize/result-is-well-formed': "serverInfo's icon has the source ./mcp.svg; the schema wants a URI.",
  'initialize/undeclared-notifications-are-not-sent':
    'The proxy sends a log message to each new connection without declaring logging.',
  'initialize/unsupported-header-on-get-is-400':
    'GET with MCP-Protocol-Version "not-a-version" opens the stream: the header is looked at for POST alone.',
  'initialize/unsupported-header-on-notification-is-400':
    'A notification with MCP-Protocol-Version 1900-01-01 is accepted with 202; the MUST covers all requests to the endpoint.',
  'jsonrpc/answers-carry-result-or-error':
    'Resuming a stream replays its priming event, which the event store keeps as an empty object, as the message {}.',
  'jsonrpc/batches-are-answered':
    'The server agrees to 2025-03-26, in which receiving batches is a MUST, and refuses every batch.',
  'jsonrpc/empty-batch-does-no-harm':
    'An empty array is an invalid request (JSON-RPC 2.0 section 6), answered with -32602, which means invalid params.',
  'jsonrpc/http-errors-invent-no-id':
    'The refusal carries the id "server-error", which no request had: a client that looks for its id waits forever.',
  'jsonrpc/invalid-ids-are-refused':
    'A request that is JSON but no valid request is answered with -32700, parse error; JSON-RPC 2.0 section 5.1 says -32600.',
  'jsonrpc/invalid-params-type-is-refused':
    'Text as params is answered with -32700, parse error, though the JSON was read.',
  'jsonrpc/invalid-request-is-32600':
    'A request without a method is answered with -32700 (TypeScript SDK) or -32602 (Python SDK) instead of -32600.',
  'jsonrpc/messages-carry-the-version': 'The same replayed message {}: it has no jsonrpc member.',
  'jsonrpc/string-and-number-ids-differ':
    'The requests 900001 and "900001" are in flight together; the table of pending requests holds them under one key, and one of them is never answered or answered with the type of the other.',
  'jsonrpc/unknown-method-is-32601':
    'An unknown method is answered with -32602, since the SDK validates against the union of known ones (Python), or with HTTP 400 and plain text, so that the request has no response at all (Go).',
  'logging/capability-is-declared': 'Log messages are sent, and the capability is not declared.',
  'schema/icons-are-valid': 'The icon ./mcp.svg again: src is a URI in the schema.',
  'security/foreign-origin-on-delete-is-refused':
    'A server on loopback ends a session for a page of another site: no Origin check (DNS rebinding).',
  'security/foreign-origin-on-get-is-refused': 'A server on loopback opens a stream for a page of another site.',
  'security/foreign-origin-on-post-is-refused': 'A server on loopback serves a page of another site.',
  'security/lookalike-origin-is-refused': 'A server on loopback serves http://localhost.evil.example.',
  'security/rebound-host-is-refused': 'A server on loopback serves requests for a foreign host name: no Host check.',
  'session/equal-request-ids-do-not-meet':
    'Two clients with the same id get each other’s answers: the gateway broadcasts what its one child says.',
  'session/terminated-delete-is-404':
    'A terminated session is answered with 400, which does not tell clients to begin anew.',
  'session/terminated-get-is-404': 'The same 400 for GET.',
  'session/terminated-is-404': 'The same 400 for POST.',
  'session/terminated-notification-is-404': 'The same 400 for a notification.',
  'session/terminated-stays-404': 'The same 400 later.',
  'sse-fallback/calls-are-told-on-their-own-connection':
    'Answers of one connection come on another: the gateway broadcasts what its one child says.',
  'sse-fallback/stream-and-post-work-together':
    'Answers of one connection come on another: the gateway broadcasts what its one child says.',
  'streams/replay-stays-on-its-stream':
    'Its example event store replays every later event, whatever stream it belonged to (source read).',
  'tools-call/malformed-call-is-an-error':
    'tools/call without params is refused with HTTP 400 and plain text: the request, whose id could be read, has no response.',
  'tools-call/many-sessions-are-not-mixed':
    'Answers of one client reach others: the gateway broadcasts what its one child says.',
  'tools-call/undeclared-task-is-ignored':
    'A call with a task member is answered with -32603; who declares no tasks must ignore that member (tasks, "Task Support and Handling"). The SDK 1.x throws before the handler runs (source read).',
  'tools-call/unknown-tool-is-an-error':
    'A tool there is not is answered with a result that has isError; the tools page lists unknown tools under protocol errors.',
  'transport/many-clients-are-served':
    'Clients get the answers of others: the gateway broadcasts what its one child says.',
}
