import type { Requirement } from '../requirement.js'

/** Catalogue rows of the area `roots`: what the spec asks, where it says so, and how a black box can see it. */
export const roots: readonly Requirement[] = [
  { id: 'roots-capability-checked', level: 'SHOULD', first: '2025-03-26', last: '2026-07-28', area: 'roots', anchor: '2026-07-28/client/roots#implementation-guidelines', force: 'keyword', era: 'both',
    needs: ['tool'],
    text: 'The roots capability is checked before roots are requested',
    how: 'Declare no roots; no roots/list may appear' },
  { id: 'roots-boundaries-respected', level: 'SHOULD', first: '2025-03-26', last: '2026-07-28', area: 'roots', anchor: '2026-07-28/client/roots#security-considerations', force: 'keyword', era: 'both',
    needs: ['tool'],
    text: 'Operations stay within, and paths are validated against, the roots provided',
    how: 'Provide one root and call a path tool outside it; should be refused' },
  { id: 'roots-unavailable-handled', level: 'SHOULD', first: '2025-03-26', last: '2026-07-28', area: 'roots', anchor: '2026-07-28/client/roots#security-considerations', force: 'keyword', era: 'both',
    needs: ['tool'],
    text: 'Roots that become unavailable are handled',
    how: 'Return an error or an empty list after a good one; no crash or hang' },
  { id: 'roots-list-change-handled', level: 'SHOULD', first: '2025-03-26', last: '2025-11-25', area: 'roots', anchor: '2025-11-25/client/roots#implementation-guidelines', force: 'keyword', era: 'stateful',
    needs: [],
    text: 'roots/list_changed is handled gracefully',
    how: 'Send notifications/roots/list_changed; 202 and the server stays usable' },
  { id: 'roots-deprecated', level: 'SHOULD NOT', first: '2026-07-28', last: '2026-07-28', area: 'roots', anchor: '2026-07-28/client/roots', force: 'keyword', era: 'stateless',
    needs: ['tool'],
    text: 'Roots is deprecated: new servers do not adopt it, existing ones migrate',
    how: 'Report roots/list input requests as information' },
]
