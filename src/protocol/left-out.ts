import type { Requirement } from './requirement.js'

const noThreshold = 'the text names no threshold, so nothing short of an operator-set limit could be failed'
const serverTimeout = 'the server chooses the bound itself and the text names none; real ones lie at a minute and more'

const newcomers = 'binds new implementations alone, and from outside nobody sees how old one is'
const opaque = 'nothing in a call shows from outside which value is a handle to state, or what one lets its holder do'
const consented = 'needs a person who opens the URL, and an account at a third party'
const wording = 'no rule of form tells a request for secrets, or a link meant to be clicked, from other text'

/** Rules no check judges, with the reason: what a black box cannot see or decide, and what belongs to another actor. */
export const leftOut: Readonly<Record<string, string>> = {
  'lifecycle-timeout-sent-requests': serverTimeout,
  'lifecycle-timeout-hard-maximum': serverTimeout,
  'ping-periodic': 'no interval is stated, and SSE comments keep a connection alive as well',
  'ping-timeout-is-failure': serverTimeout,
  'tools-rate-limited': noThreshold,
  'completion-rate-limited': noThreshold,
  'resources-https-fetchable': 'would fetch addresses that a server names (SSRF)',
  'auth-server-https': 'binds only servers that are not on this machine',
  'auth-resource-case-tolerant': 'needs a token that the issuer made for the upper-case form',
  'auth-proxy-consent': 'needs a browser, two registered clients and a consent page',
  'auth-token-rotation': 'needs a refresh token',
  'auth-token-lifetime': 'needs a token response; client credentials are not asked for',
  'auth-scope-single-challenge': 'needs tokens with the scopes that a challenge names, which only their issuer gives',
  'auth-scope-hierarchy': 'needs a token with a broad scope, and somebody who knows which narrow ones it stands for',
  'cancellation-listen-teardown-notified': 'three pages disagree on how a server ends a subscription over HTTP',
  'mrtr-state-expires': noThreshold,
  'mrtr-state-single-use': 'nothing shows from outside which operations may happen only once',
  'security-state-handle-not-auth': opaque,
  'security-state-handle-nondeterministic': opaque,
  'security-state-handle-bound': opaque,
  'logging-deprecated': newcomers,
  'legacy-sse-deprecated': newcomers,
  'jsonrpc-avoid-legacy-code-range': newcomers,
  'roots-deprecated': newcomers,
  'sampling-deprecated': newcomers,
  'sampling-avoid-deprecated-context':
    'a client that offers context may be asked for it; where none is offered, asking is judged',
  'elicitation-url-for-sensitive': wording,
  'elicitation-bound-to-identity': consented,
  'elicitation-state-user-bound': consented,
  'elicitation-url-not-preauthenticated': consented,
  'elicitation-identity-verified': consented,
  'elicitation-url-opener-verified': consented,
  'elicitation-url-tamper-resilient': consented,
  'elicitation-no-third-party-credentials': consented,
  'elicitation-not-for-own-authorization': consented,
  'auth-third-party-status': 'needs a revocation at the upstream provider',
}

/** Areas that are left out as a whole, with the reason. */
const leftOutAreas: Readonly<Record<string, string>> = {
  roots: 'what a server does with the roots it was told of shows in nothing that it sends',
  elicitation: 'binds what follows once a person has opened a URL and is done there, or needs a call that asks twice',
  tasks: 'an experimental utility of one revision that needs tools which run as tasks',
}

/** Why no check judges a rule, or undefined when one should. */
export function whyLeftOut(row: Requirement): string | undefined {
  return leftOut[row.id] ?? leftOutAreas[row.area]
}
