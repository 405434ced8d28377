import type { Requirement } from '../requirement.js'

/** Catalogue rows of the area `pagination`: what the spec asks, where it says so, and how a black box can see it. */
export const pagination: readonly Requirement[] = [
  { id: 'pagination-invalid-cursor-32602', level: 'SHOULD', first: '2025-03-26', last: '2026-07-28', area: 'pagination', anchor: '2026-07-28/server/utilities/pagination#error-handling', force: 'keyword', era: 'both',
    needs: ['capability:tools'],
    text: 'An invalid cursor yields -32602',
    how: 'List with a garbage cursor (a server that ignores cursors is a warning)' },
  { id: 'pagination-invalid-cursor-graceful', level: 'SHOULD', first: '2025-03-26', last: '2026-07-28', area: 'pagination', anchor: '2026-07-28/server/utilities/pagination#implementation-guidelines', force: 'keyword', era: 'both',
    needs: ['capability:tools'],
    text: 'Invalid cursors are handled gracefully',
    how: 'Garbage, oversized, non-UTF-8-decoded and mutated cursors; no 5xx, hang or stack trace' },
  { id: 'pagination-stable-cursors', level: 'SHOULD', first: '2025-03-26', last: '2026-07-28', area: 'pagination', anchor: '2026-07-28/server/utilities/pagination#implementation-guidelines', force: 'keyword', era: 'both',
    needs: ['capability:tools'],
    text: 'Cursors are stable',
    how: 'Fetch the same cursor twice and walk the list twice; same pages while data is unchanged (needs a multi-page list)' },
  { id: 'pagination-terminates', level: 'MUST', first: '2025-03-26', last: '2026-07-28', area: 'pagination', anchor: '2026-07-28/server/utilities/pagination#response-format', force: 'declarative', era: 'both',
    needs: ['capability:tools'],
    text: 'nextCursor appears only when more results exist, so the walk ends',
    how: 'Follow cursors with a cap on every list; flag repeats, loops and a nextCursor of null' },
]
