import { type Fingerprint, field } from './fingerprint.js'

const html = /^\s*(<!doctype html|<html)/i

/** Whoever turns requests away before the server's own logic: Host guards, WAFs, bot rules. */
export const guards: readonly Fingerprint[] = [
  {
    id: 'host-guard',
    layer: 'SDK',
    step: 'host',
    when: ({ status, body }) => status === 421 || ([400, 403].includes(status) && /invalid host/i.test(body)),
    cause: 'The Host guard refuses the name the server is called by: it lists local names only',
    fixes: [
      { text: 'Add the public name, with and without port; do not switch the guard off.' },
      { stack: 'Python', text: 'TransportSecuritySettings(allowed_hosts=["mcp.example.com", "mcp.example.com:*"]).' },
      {
        stack: 'TypeScript',
        text: "allowedHosts: ['mcp.example.com'] (createMcpExpressApp, or the transport's options).",
      },
      { stack: 'proxy', text: 'or have it send a Host the server knows.' },
    ],
    link: 'https://github.com/modelcontextprotocol/python-sdk/issues/1798',
  },
  {
    id: 'origin-guard',
    layer: 'SDK',
    step: 'host',
    status: [403],
    body: /invalid origin/i,
    cause: 'The Origin guard refuses the page the request comes from',
    fixes: [{ text: 'Add the origins of your own pages to the allowed ones, the same list as in CORS.' }],
    link: 'https://github.com/modelcontextprotocol/modelcontextprotocol/issues/3370',
  },
  {
    id: 'waf-challenge',
    layer: 'proxy or WAF',
    step: 'waf',
    when: ({ status, headers, body }) =>
      [401, 403, 406, 429, 503].includes(status) &&
      (field(headers, 'cf-mitigated') !== undefined ||
        field(headers, 'x-amzn-waf-action') !== undefined ||
        (html.test(body) &&
          /just a moment|attention required|access denied|request blocked|been blocked|captcha|incapsula|mod_?security|security check|web application firewall|datadome|perimeterx/i.test(
            body,
          ))),
    cause: 'A WAF or bot rule answers with a page of its own before the request reaches the server',
    fixes: [
      {
        text: 'Add a skip rule for the MCP path and for /.well-known/*. The address this runs from may be blocked as well: try from another network.',
      },
      { stack: 'Cloudflare', text: 'a WAF custom rule with action Skip for the path; Bot Fight Mode off.' },
    ],
    link: 'https://github.com/openai/codex/issues/12859',
  },
  {
    id: 'deployment-protection',
    layer: 'proxy or WAF',
    step: 'waf',
    status: [401],
    body: /_vercel_sso_nonce|vercel authentication|Authentication Required<\/title>/i,
    cause: 'The hosting platform asks for its own sign-in before the deployment is reached',
    fixes: [
      { stack: 'Vercel', text: 'switch Deployment Protection off for this deployment, or use the production URL.' },
    ],
    link: 'https://vercel.com/docs/deployment-protection',
  },
  {
    id: 'page-in-place-of-refusal',
    layer: 'proxy or WAF',
    step: 'waf',
    status: [403, 503],
    body: html,
    cause: 'Something in front of the server refuses the request with an HTML page, as WAFs and bot rules do',
    fixes: [{ text: 'Look which proxy writes this page, and exempt the MCP path and /.well-known/* from its rules.' }],
    link: 'https://github.com/openai/codex/issues/12859',
  },
]
