import { expect, it } from 'vitest'
import { fingerprints, recognise, type Sighting } from './index.js'

const seen = (status: number, body = '', headers: [string, string][] = [], more: Partial<Sighting> = {}): Sighting => ({
  method: 'POST',
  url: 'https://mcp.example/mcp',
  sent: [['Accept', 'application/json, text/event-stream']],
  sentBody: '{"jsonrpc":"2.0","id":1,"method":"initialize"}',
  status,
  headers,
  body,
  ...more,
})
const rpc = (message: string) => JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null })
const to = (location: string): [string, string][] => [['Location', location]]

it.each<[id: string | undefined, sighting: Sighting]>([
  ['redirect-for-a-slash', seen(307, '', to('https://mcp.example/mcp/'))],
  ['redirect-for-a-slash', seen(308, '', to('/mcp/'))],
  ['redirect-to-http', seen(307, '', to('http://mcp.example/mcp/'))],
  ['redirect-to-sign-in', seen(302, '', to('/login?next=/mcp'))],
  ['redirect-elsewhere', seen(301, '', to('https://www.example/mcp'))],
  ['host-guard', seen(421, 'Invalid Host header')],
  ['host-guard', seen(403, rpc('Invalid Host: mcp.example'))],
  ['host-guard', seen(403, 'Forbidden: invalid Host header')],
  ['origin-guard', seen(403, rpc('Invalid Origin header: https://a.example'))],
  ['waf-challenge', seen(403, '<!DOCTYPE html><title>Just a moment...</title>')],
  ['waf-challenge', seen(403, '', [['cf-mitigated', 'challenge']])],
  ['page-in-place-of-refusal', seen(403, '<html><body>No.</body></html>')],
  ['body-already-read', seen(400, rpc('Parse error: InternalServerError: stream is not readable'))],
  ['body-already-read', seen(400, rpc('Parse error: Invalid JSON'))],
  [undefined, seen(400, rpc('Parse error: Invalid JSON'), [], { sentBody: '{' })],
  [undefined, seen(400, rpc('Parse error: Invalid JSON-RPC message'))],
  ['body-limit', seen(413, '<html>request entity too large</html>')],
  ['accept-lost', seen(406, rpc('Not Acceptable: Client must accept both application/json and text/event-stream'))],
  [undefined, seen(406, rpc('Not Acceptable'), [], { sent: [['Accept', 'application/json']] })],
  ['task-group-not-initialized', seen(500, 'RuntimeError: Task group is not initialized. Make sure to use run().')],
  ['python-app-raises', seen(500, 'Internal Server Error', [['server', 'uvicorn']])],
  [undefined, seen(500, 'Internal Server Error', [['server', 'other']])],
  ['already-connected', seen(500, 'Error: Already connected to a transport. Call close() before')],
  ['stateless-transport-reused', seen(500, 'Stateless transport cannot be reused across requests.')],
  ['already-initialized', seen(400, rpc('Invalid Request: Server already initialized'))],
  ['not-initialized', seen(400, rpc('Bad Request: Server not initialized'), [], { sent: [['Mcp-Session-Id', 'a']] })],
  ['already-initialized', seen(404, rpc('Session not found'))],
  ['session-unknown', seen(404, rpc('Session not found'), [], { sent: [['Mcp-Session-Id', 'a']] })],
  [
    'session-id-missing',
    seen(400, rpc('Bad Request: No valid session ID provided'), [], { sent: [['Mcp-Session-Id', 'a']] }),
  ],
  [undefined, seen(400, rpc('Bad Request: No valid session ID provided'))],
  ['one-stream-per-session', seen(409, rpc('Conflict: Only one SSE stream is allowed per session'))],
  ['session-still-registered', seen(400, 'Session registration failed: session already exists')],
  ['bad-gateway', seen(502, '<html><center>nginx/1.22.1</center></html>')],
  ['gateway-timeout', seen(504, '')],
  ['no-route-express', seen(404, '<pre>Cannot POST /mcp</pre>')],
  ['no-route-fastapi', seen(404, '{"detail":"Not Found"}')],
  [undefined, seen(400, rpc('Invalid params'))],
  [undefined, seen(401, rpc('Unauthorized'))],
  [undefined, seen(404, rpc('Method not found'))],
])('%s', (id, sighting) => expect(recognise(sighting)?.id).toBe(id))

it('every fingerprint says what to do and where it is described, under an id of its own', () => {
  expect(new Set(fingerprints.map(({ id }) => id)).size).toBe(fingerprints.length)
  for (const { fixes, link } of fingerprints) expect([fixes.length > 0, URL.canParse(link)]).toEqual([true, true])
})
