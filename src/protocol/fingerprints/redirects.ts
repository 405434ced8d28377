import { type Fingerprint, redirection } from './fingerprint.js'

const bare = (path: string) => path.replace(/\/+$/, '')

/** Answers that send the client elsewhere. Clients of MCP mostly do not follow them with a message, or lose their token on the way. */
export const redirects: readonly Fingerprint[] = [
  {
    id: 'redirect-to-http',
    layer: 'framework',
    step: 'redirect',
    when: (seen) => {
      const way = redirection(seen)
      return way?.from.protocol === 'https:' && way.to.protocol === 'http:'
    },
    cause:
      'The server redirects from https to http: behind the TLS proxy it takes itself for an http server, and clients drop their token on such a redirect',
    fixes: [
      {
        text: 'Let the server trust X-Forwarded-Proto, and give clients the spelling of the path that needs no redirect.',
      },
      { stack: 'uvicorn', text: '--proxy-headers --forwarded-allow-ips=<proxy>.' },
      { stack: 'Express', text: "app.set('trust proxy', 1)." },
      { stack: 'nginx', text: 'proxy_set_header X-Forwarded-Proto $scheme.' },
    ],
    link: 'https://github.com/BerriAI/litellm/pull/34845',
  },
  {
    id: 'redirect-to-sign-in',
    layer: 'proxy or WAF',
    step: 'auth',
    when: (seen) => /log-?in|sign-?in|sso|oauth|authorize|account/i.test(redirection(seen)?.to.href ?? ''),
    cause:
      'Requests without a session of a browser are redirected to a sign-in page, where an MCP client needs 401 with a challenge',
    fixes: [
      { text: 'Exempt the MCP path from the sign-in of the web pages, and answer 401 with WWW-Authenticate there.' },
    ],
    link: 'https://github.com/GitbookIO/gitbook/pull/4280',
  },
  {
    id: 'redirect-for-a-slash',
    layer: 'framework',
    step: 'redirect',
    when: (seen) => {
      const way = redirection(seen)
      return way !== undefined && way.from.host === way.to.host && bare(way.from.pathname) === bare(way.to.pathname)
    },
    cause:
      'The path is redirected to its spelling with or without a slash at the end: the sub-app is mounted and knows one spelling only',
    fixes: [
      { text: 'Give clients the URL that the Location names.' },
      {
        stack: 'Starlette/FastAPI',
        text: 'register a Route for both spellings in place of Mount, or mount at "/" with the path inside.',
      },
    ],
    link: 'https://github.com/modelcontextprotocol/python-sdk/issues/732',
  },
  {
    id: 'redirect-elsewhere',
    layer: 'proxy or WAF',
    step: 'redirect',
    when: (seen) => redirection(seen) !== undefined,
    cause:
      'Requests are redirected elsewhere; MCP clients do not follow with a message in hand, and no token goes to another host',
    fixes: [{ text: 'Give clients the final URL, or serve the endpoint where it is called.' }],
    link: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.4',
  },
]
