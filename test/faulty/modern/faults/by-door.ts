import type { Verdict } from '../../core/types.js'
import type { Policy, Visit } from '../types.js'
import { type ModernFault, must, should } from './fault.js'

const ada: Verdict = { ok: true, subject: 'ada' }
const methodOf = ({ req }: Visit): string => String(req.headers['mcp-method'])
const tokenOf = ({ req }: Visit): string => /^Bearer +(.*)$/i.exec(req.headers.authorization ?? '')?.[1] ?? ''

/** Lets some visitors in without looking. */
const open =
  (fits: (visit: Visit) => boolean) =>
  (base: Policy): Partial<Policy> => ({
    authorize: async (visit) => (fits(visit) ? ada : base.authorize(visit)),
  })

/** Faults of the HTTP layer and of authorization that show for one verb, one header or one form of a token. */
export const byDoorFaults: ModernFault[] = [
  should('by-door/get-streams', 'transport-get-405', 'J', 'GET for an event stream gets one', (base) => ({
    intercept: (visit) =>
      visit.req.method === 'GET' && visit.path === '/mcp' && visit.req.headers.accept?.includes('text/event-stream')
        ? { status: 200, type: 'text/event-stream', body: ': hello\n\n' }
        : base.intercept(visit),
  })),
  should('by-door/delete-of-sessions', 'transport-delete-405', 'M', 'DELETE with a session id gets 204', (base) => ({
    status: (kind, visit) =>
      kind === 'wrongMethod' && visit.req.method === 'DELETE' && visit.req.headers['mcp-session-id']
        ? 204
        : base.status(kind, visit),
  })),
  should('by-door/get-404', 'transport-get-405', 'S', 'GET gets 404', (base) => ({
    status: (kind, visit) => (kind === 'wrongMethod' && visit.req.method === 'GET' ? 404 : base.status(kind, visit)),
  })),
  should('by-door/session-for-calls', 'transport-no-session-id-minted', 'J', 'calls mint a session id', (base) => ({
    extraHeaders: (visit) =>
      methodOf(visit) === 'tools/call' ? { 'mcp-session-id': '7c0d2f0e5d6b4f7a' } : base.extraHeaders(visit),
  })),
  should(
    'by-door/session-for-listen',
    'transport-no-session-id-minted',
    'M',
    'subscriptions mint a session id',
    (base) => ({
      extraHeaders: (visit) =>
        methodOf(visit) === 'subscriptions/listen'
          ? { 'mcp-session-id': '7c0d2f0e5d6b4f7a' }
          : base.extraHeaders(visit),
    }),
  ),
  should(
    'by-door/session-refused-for-calls',
    'transport-ignore-session-id',
    'J',
    'calls with a session id get 404',
    (base) => ({
      intercept: (visit) =>
        visit.req.headers['mcp-session-id'] !== undefined && methodOf(visit) === 'tools/call'
          ? { status: 404, type: 'text/plain', body: 'no such session' }
          : base.intercept(visit),
    }),
  ),
  should(
    'by-door/event-id-refused-for-listen',
    'transport-ignore-last-event-id',
    'J',
    'subscriptions are not resumed',
    (base) => ({
      intercept: (visit) =>
        visit.req.headers['last-event-id'] !== undefined && methodOf(visit) === 'subscriptions/listen'
          ? { status: 400, type: 'text/plain', body: 'nothing to resume' }
          : base.intercept(visit),
    }),
  ),
  must('by-door/cancelled-200', 'transport-notification-202', 'J', 'cancellations get 200', (base) => ({
    status: (kind, visit) =>
      kind === 'notification' && methodOf(visit).includes('cancelled') ? 200 : base.status(kind, visit),
  })),
  must('by-door/not-found-as-html', 'transport-request-content-type', 'J', 'unknown methods get a page', (base) => ({
    mediaType: (kind, turn) =>
      kind === 'json' &&
      turn !== undefined &&
      !/^(tools|prompts|resources|server|completion|subscriptions)\//.test(turn.method)
        ? 'text/html'
        : base.mediaType(kind, turn),
  })),
  must('by-door/errors-in-latin1', 'transport-utf8', 'J', 'answers of calls are in latin1 on streams', (base) => ({
    encode: (payload, turn) =>
      turn?.method === 'tools/call'
        ? Buffer.from(String(base.encode(payload, turn)), 'latin1')
        : base.encode(payload, turn),
  })),
  must('by-door/null-origin', 'security-origin-validation', 'J', 'the Origin null is served', (base) => ({
    originAllowed: (origin, visit) => origin === 'null' || base.originAllowed(origin, visit),
  })),
  must(
    'by-door/origin-for-listen',
    'security-origin-validation',
    'M',
    'subscriptions are served to any Origin',
    (base) => ({
      originAllowed: (origin, visit) => methodOf(visit) === 'subscriptions/listen' || base.originAllowed(origin, visit),
    }),
  ),
  must('by-door/origin-for-reads', 'security-origin-validation', 'S', 'reads are served to any Origin', (base) => ({
    originAllowed: (origin, visit) => methodOf(visit) === 'resources/read' || base.originAllowed(origin, visit),
  })),
  must(
    'by-door/origin-of-local-names',
    'security-origin-validation',
    'S',
    'an Origin that ends like ours is served',
    (base) => ({
      originAllowed: (origin, visit) => /localhost(:\d+)?$/.test(origin ?? '') || base.originAllowed(origin, visit),
    }),
  ),
  must('by-door/origin-400-for-calls', 'security-origin-403', 'M', 'a foreign Origin gets 401 on calls', (base) => ({
    status: (kind, visit) =>
      kind === 'foreignOrigin' && methodOf(visit).startsWith('tools/') ? 401 : base.status(kind, visit),
  })),
  must(
    'by-door/reads-open',
    'auth-401-when-required',
    'JK',
    'reads need no token',
    open((visit) => methodOf(visit) === 'resources/read'),
  ),
  must(
    'by-door/completion-open',
    'auth-401-when-required',
    'JK',
    'completions need no token',
    open((visit) => methodOf(visit) === 'completion/complete'),
  ),
  must(
    'by-door/discover-open-for-any',
    'auth-invalid-token-401',
    'MK',
    'discover takes any token',
    open((visit) => methodOf(visit) === 'server/discover' && tokenOf(visit) !== ''),
  ),
  must(
    'by-door/notes-open',
    'auth-401-when-required',
    'JK',
    'notifications need no token',
    open((visit) => methodOf(visit).startsWith('notifications/')),
  ),
  must(
    'by-door/unknown-before-token',
    'auth-token-validated-first',
    'JK',
    'strangers are told which methods exist',
    open((visit) => !/^(tools|prompts|resources|server|completion|subscriptions)\/|undefined/.test(methodOf(visit))),
  ),
  must(
    'by-door/methodless-open',
    'auth-401-when-required',
    'MK',
    'requests without Mcp-Method need no token',
    open((visit) => visit.req.headers['mcp-method'] === undefined),
  ),
  must(
    'by-door/sessions-open',
    'auth-401-when-required',
    'JK',
    'a session id is as good as a token',
    open((visit) => visit.req.headers['mcp-session-id'] !== undefined),
  ),
  must(
    'by-door/forwarded-open',
    'auth-401-when-required',
    'MK',
    'who comes from loopback needs no token',
    open((visit) => visit.req.headers['x-forwarded-for'] === '127.0.0.1'),
  ),
  must('by-door/token-begins-alike', 'auth-invalid-token-401', 'JK', 'a token may be longer than issued', (base) => ({
    async authorize(visit) {
      const { valid } = visit.world.desk.tokens ?? {}
      return valid !== undefined && tokenOf(visit).startsWith(valid) ? ada : base.authorize(visit)
    },
  })),
  must('by-door/token-of-any-case', 'auth-invalid-token-401', 'MK', 'tokens are compared without case', (base) => ({
    async authorize(visit) {
      const { valid } = visit.world.desk.tokens ?? {}
      return tokenOf(visit).toLowerCase() === valid?.toLowerCase() ? ada : base.authorize(visit)
    },
  })),
  must(
    'by-door/listen-takes-any-token',
    'auth-invalid-token-401',
    'JK',
    'subscriptions take any token',
    open((visit) => methodOf(visit) === 'subscriptions/listen' && tokenOf(visit) !== ''),
  ),
  must(
    'by-door/audience-for-calls-only',
    'auth-audience-validated',
    'SO',
    'lists are open to tokens of others',
    (base) => ({
      authorize: (visit) =>
        methodOf(visit) === 'tools/call'
          ? base.authorize(visit)
          : visit.world.desk.judge(visit.req.headers.authorization, { skipAudience: true }),
    }),
  ),
  must('by-door/expiry-for-discover', 'auth-expired-token-401', 'SO', 'reads take expired tokens', (base) => ({
    authorize: (visit) =>
      methodOf(visit) === 'resources/read'
        ? visit.world.desk.judge(visit.req.headers.authorization, { skipExpiry: true })
        : base.authorize(visit),
  })),
  must('by-door/unsigned', 'auth-invalid-token-401', 'SO', 'signatures are not checked', () => ({
    authorize: ({ world, req }) => world.desk.judge(req.headers.authorization, { skipSignature: true }),
  })),
  should(
    'by-door/scope-challenge-without-metadata',
    'auth-insufficient-scope-metadata',
    'SO',
    'a 403 does not point to the metadata',
    (base) => ({
      challenge(verdict, visit) {
        const text = base.challenge(verdict, visit)
        return verdict.status === 403 ? text?.replace(/resource_metadata="[^"]*",? ?/, '') : text
      },
    }),
  ),
  must('by-door/metadata-as-text', 'auth-prm-json-200', 'SO', 'the metadata is plain text', (base) => ({
    metadata(visit) {
      const page = base.metadata(visit)
      return page && { ...page, type: 'text/plain' }
    },
  })),
  must(
    'by-door/metadata-without-issuers',
    'auth-prm-authorization-servers',
    'SO',
    'the metadata lists no issuer',
    (base) => ({
      metadata(visit) {
        const page = base.metadata(visit)
        return (
          page && {
            ...page,
            body: page.body.replace(/"authorization_servers":\[[^\]]*\]/, '"authorization_servers":[]'),
          }
        )
      },
    }),
  ),
]
