import type { Exchange, Policy } from '../core/types.js'
import { type Fault, must, should } from './fault.js'

const validation = 'security-origin-validation'
const anyOrigin =
  (when: (ex: Exchange) => boolean) =>
  (base: Policy): Partial<Policy> => ({
    originAllowed: (origin, ex) => when(ex) || base.originAllowed(origin, ex),
  })
const refusedWith =
  (code: number) =>
  (base: Policy): Partial<Policy> => ({
    status: (kind, ex) => (kind === 'foreignOrigin' ? code : base.status(kind, ex)),
  })

/** Faults of exposure to browsers and networks. */
export const securityFaults: Fault[] = [
  must(
    'security/any-origin',
    validation,
    'FJ CH LS',
    'any Origin is served',
    anyOrigin(() => true),
  ),
  must(
    'security/any-origin-get',
    validation,
    'FS',
    'GET is served to any Origin',
    anyOrigin((ex) => ex.req.method === 'GET'),
  ),
  must(
    'security/any-origin-delete',
    validation,
    'FJ',
    'DELETE is served to any Origin',
    anyOrigin((ex) => ex.req.method === 'DELETE'),
  ),
  must(
    'security/any-origin-inbox',
    validation,
    'CH',
    'messages are taken from any Origin',
    anyOrigin((ex) => ex.path.startsWith('/inbox')),
  ),
  must(
    'security/any-origin-in-session',
    validation,
    'FS',
    'with a session id any Origin is served',
    anyOrigin((ex) => ex.req.headers['mcp-session-id'] !== undefined),
  ),
  must('security/origin-prefix', validation, 'LJ', 'origins that start with http://localhost pass', (base) => ({
    originAllowed: (origin, ex) =>
      base.originAllowed(origin, ex) || /^http:\/\/(localhost|127\.0\.0\.1)/.test(origin ?? ''),
  })),
  must('security/origin-null', validation, 'FJ', 'Origin null passes', (base) => ({
    originAllowed: (origin, ex) => origin === 'null' || base.originAllowed(origin, ex),
  })),
  must('security/origin-by-host', validation, 'LS', 'an Origin equal to a forged Host passes', (base) => ({
    hostAllowed: () => true,
    originAllowed: (origin, ex) =>
      base.originAllowed(origin, ex) || origin?.replace(/^https?:\/\//, '') === ex.req.headers.host,
  })),
  must('security/origin-400', 'security-origin-403', 'FJ', 'a foreign Origin gets 400', refusedWith(400)),
  must('security/origin-401', 'security-origin-403', 'LS', 'a foreign Origin gets 401', refusedWith(401)),
  must('security/origin-200', 'security-origin-403', 'LJ', 'a foreign Origin gets 200 and a text', refusedWith(200)),
  should('security/all-interfaces', 'security-bind-loopback', 'LJ', 'the server listens on all interfaces', (base) => ({
    hostAllowed: () => true,
    facts: { ...base.facts, bind: '0.0.0.0' },
  })),
]
