import { defineCheck, everyRevision, expectKeptOut, letIn, type Visitor } from '../../src/conformance/check.js'

const tricks: Record<string, string>[] = [
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1;host=localhost;proto=https' },
  { 'x-forwarded-host': 'localhost', 'x-forwarded-proto': 'https' },
  { 'x-original-url': '/health', 'x-rewrite-url': '/health' },
  { 'x-http-method-override': 'OPTIONS', 'x-method-override': 'OPTIONS' },
  { 'x-forwarded-user': 'admin', 'x-remote-user': 'admin', 'x-user-id': 'admin', 'x-authenticated-user': 'admin' },
  { 'x-forwarded-prefix': '/public', 'x-internal-request': 'true' },
  { cookie: 'session=gauntlet; token=gauntlet; connect.sid=gauntlet', 'user-agent': 'kube-probe/1.30' },
  { origin: 'http://localhost', referer: 'http://localhost/' },
]

export default defineCheck({
  title: 'Headers that proxies and browsers set open nothing to a stranger',
  requirement: 'auth-401-when-required',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'Anybody can send X-Forwarded-For or X-Original-URL. Trust them from your own proxy only, and neither them nor an Origin nor any cookie in place of credentials.',
  async run(client) {
    // Without sessions an id of one is a header like any other; with them it may be looked up first.
    const all = client.modern ? [...tricks, { 'mcp-session-id': '5f0c9f6e-8a63-4f0e-9a3c-0d6a3c1b7e52' }] : tricks
    const guests = all.map(
      (headers): Visitor => ({
        name: `without credentials but with ${Object.keys(headers).join(', ')}`,
        identity: 'none',
        headers,
        // This origin may not be one of those that are allowed.
        ...('origin' in headers ? { also: [403] } : {}),
      }),
    )
    await expectKeptOut(client, guests)
  },
  fault: letIn((request, shown) => shown === undefined && request.headers.origin === 'http://localhost'),
})
