import { type Fingerprint, field } from './fingerprint.js'

/** Proxies and platforms that answer for a server they do not reach, and frameworks without a route. */
export const gateways: readonly Fingerprint[] = [
  {
    id: 'tunnel-offline',
    layer: 'network',
    step: 'path',
    body: /ERR_NGROK_\d+|tunnel not found|no tunnel here/i,
    cause: 'The tunnel is there, the server behind it is not',
    fixes: [{ text: 'Start the server, and the tunnel to its port.' }],
    link: 'https://ngrok.com/docs/errors/',
  },
  {
    id: 'origin-unreachable',
    layer: 'proxy or WAF',
    step: 'path',
    status: [520, 521, 522, 523, 525, 526, 530],
    cause: 'The CDN does not reach the server behind it',
    fixes: [{ text: 'Start the server, open its port to the CDN, mend its certificate.' }],
    link: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/',
  },
  {
    id: 'gateway-timeout',
    layer: 'proxy or WAF',
    step: 'path',
    when: ({ status, body }) =>
      [504, 524].includes(status) || /endpoint request timed out|FUNCTION_INVOCATION_TIMEOUT/i.test(body),
    cause:
      'A gateway gave up waiting for the server (30 s at API Gateway, 60 s at most proxies, 100 to 125 s at Cloudflare)',
    fixes: [
      { text: 'Stream and send a comment every 15 to 30 s, raise the read timeout, or shorten the call.' },
      { stack: 'nginx', text: 'proxy_read_timeout 3600s; proxy_buffering off;' },
    ],
    link: 'https://github.com/serverless/serverless/pull/13778',
  },
  {
    id: 'bad-gateway',
    layer: 'proxy or WAF',
    step: 'path',
    when: ({ status, body }) =>
      [502, 503].includes(status) &&
      /<center>(nginx|openresty)|bad gateway|no healthy upstream|upstream connect error|service unavailable<|application failed to respond/i.test(
        body,
      ),
    cause: 'The proxy gets no usable answer from the server behind it',
    fixes: [
      { text: 'See that the server runs at the address the proxy forwards to.' },
      {
        stack: 'Node',
        text: 'where it comes and goes, server.keepAliveTimeout above the idle timeout of the proxy (65 s or more).',
      },
    ],
    link: 'https://github.com/growthbook/growthbook-mcp/pull/74',
  },
  {
    id: 'no-route-express',
    layer: 'framework',
    step: 'path',
    status: [404],
    body: /Cannot (POST|GET|DELETE) \//,
    cause: 'Express has no route for this method at this path',
    fixes: [{ text: 'Call the path the server registers, often /mcp; register POST, GET and DELETE there.' }],
    link: 'https://github.com/modelcontextprotocol/typescript-sdk/blob/main/docs/server.md',
  },
  {
    id: 'no-route-fastapi',
    layer: 'framework',
    step: 'path',
    status: [404],
    body: /^\{"detail":"Not Found"\}$/,
    cause: 'FastAPI has no route at this path; a mounted MCP app adds its own path to that of the mount (/weather/mcp)',
    fixes: [{ text: 'Call mount path and inner path together, or mount mcp.http_app(path="/").' }],
    link: 'https://gofastmcp.com/integrations/fastapi',
  },
  {
    id: 'api-gateway-path',
    layer: 'proxy or WAF',
    step: 'path',
    status: [403, 404],
    body: /"message":"(Missing Authentication Token|Forbidden|Not Found)"/,
    when: ({ headers }) =>
      headers.some(([name]) => /^x-amz/i.test(name)) && field(headers, 'www-authenticate') === undefined,
    cause: 'API Gateway has no route for this path or method, or its stage is missing in the URL',
    fixes: [{ text: 'Add a route for POST, GET and DELETE of the MCP path; mind the stage in the URL.' }],
    link: 'https://repost.aws/knowledge-center/api-gateway-authentication-token-errors',
  },
]
