import { REVISIONS } from '../core/dispatch.js'
import type { Policy } from '../core/types.js'
import { type Fault, must, should } from './fault.js'

const NEWEST = '2025-11-25'
const spoken = (value: unknown): boolean => REVISIONS.includes(String(value))

function offer(version: string) {
  return (base: Policy): Partial<Policy> => ({
    negotiate: (requested, ex) => (spoken(requested) ? base.negotiate(requested, ex) : version),
  })
}

function crash(base: Policy): Partial<Policy> {
  return {
    negotiate(requested, ex) {
      if (!spoken(requested)) throw new Error('unknown version')
      return base.negotiate(requested, ex)
    },
  }
}

const header = 'versioning-header-unsupported-400'

/** Faults of version negotiation and of the version header. */
export const versioningFaults: Fault[] = [
  must(
    'versioning/every-second-newest',
    'versioning-echo-supported',
    'FJ',
    'every second handshake gets the newest',
    (base) => {
      let handshakes = 0
      return {
        negotiate(requested, ex) {
          if (requested === NEWEST) return NEWEST
          handshakes += 1
          return handshakes % 2 === 0 ? NEWEST : base.negotiate(requested, ex)
        },
      }
    },
  ),
  must('versioning/echo-anything', 'versioning-counteroffer', 'LJ CH', 'any requested version is echoed', () => ({
    negotiate: (requested) => String(requested),
  })),
  must('versioning/echo-future', 'versioning-counteroffer', 'FS', 'versions from the future are echoed', (base) => ({
    negotiate: (requested, ex) => (String(requested) > NEWEST ? String(requested) : base.negotiate(requested, ex)),
  })),
  must(
    'versioning/offer-unspoken',
    'versioning-counteroffer',
    'FJ',
    'the counter-offer is not spoken',
    offer('2025-09-09'),
  ),
  must('versioning/unknown-crashes', 'versioning-counteroffer', 'FJ LS', 'an unknown version ends in HTTP 500', crash),
  must('versioning/unknown-unanswered', 'versioning-counteroffer', 'CH', 'an unknown version gets no answer', crash),
  should(
    'versioning/offer-oldest',
    'versioning-counteroffer-latest',
    'FJ',
    'the oldest version is offered',
    offer('2024-11-05'),
  ),
  should(
    'versioning/offer-second',
    'versioning-counteroffer-latest',
    'LS',
    'not the newest is offered',
    offer('2025-06-18'),
  ),
  must('versioning/header-ignored', header, 'FJ LS', 'the version header is ignored', () => ({
    headerAccepted: () => true,
  })),
  must('versioning/header-shape', header, 'LJ', 'values that are no dates pass', (base) => ({
    headerAccepted: (value, ex) => base.headerAccepted(value, ex) || !/^\d{4}-\d\d-\d\d$/.test(value ?? ''),
  })),
  must('versioning/header-compared', header, 'FS', 'any value after the oldest version passes', (base) => ({
    headerAccepted: (value, ex) => base.headerAccepted(value, ex) || String(value) > '2024-11-05',
  })),
  must('versioning/header-post-only', header, 'FS', 'the header is not checked on GET', (base) => ({
    headerAccepted: (value, ex) => ex.req.method === 'GET' || base.headerAccepted(value, ex),
  })),
  must('versioning/header-ping-exempt', header, 'FJ', 'ping is served with any version header', (base) => ({
    headerAccepted: (value, ex) => ex.methods[0] === 'ping' || base.headerAccepted(value, ex),
  })),
  must('versioning/header-notification-exempt', header, 'LJ', 'notifications pass with any version header', (base) => ({
    headerAccepted: (value, ex) => ex.methods.length === 0 || base.headerAccepted(value, ex),
  })),
  must('versioning/header-first-only', header, 'FJ', 'after one good header any value passes', (base) => {
    let seen = false
    return {
      headerAccepted(value, ex) {
        const fine = base.headerAccepted(value, ex)
        const passes = fine || seen
        seen ||= fine && value !== undefined
        return passes
      },
    }
  }),
  must('versioning/header-404', header, 'LJ', 'a bad version header gets 404', (base) => ({
    status: (kind, ex) => (kind === 'badVersion' ? 404 : base.status(kind, ex)),
  })),
  must('versioning/header-200', header, 'FS', 'a bad version header gets 200 and an error body', (base) => ({
    status: (kind, ex) => (kind === 'badVersion' ? 200 : base.status(kind, ex)),
  })),
  should(
    'versioning/header-demanded',
    'versioning-header-missing-assumed',
    'FJ',
    'a missing header is refused',
    (base) => ({
      headerAccepted: (value, ex) => value !== undefined && base.headerAccepted(value, ex),
    }),
  ),
]
