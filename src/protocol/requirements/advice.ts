import type { Requirement } from '../requirement.js'

/** Rules of ours that no spec page states in these words: what real clients and deployments need. They warn, they never fail. */
export const advice: readonly Requirement[] = [
  { id: 'advice-delete-2xx-or-405', level: 'ADVICE', first: '2025-03-26', last: '2025-11-25', area: 'advice', anchor: '2025-11-25/basic/transports#session-management', force: 'practice', era: 'stateful',
    needs: ['session'],
    text: 'DELETE of a live session ends it, or is refused with 405',
    how: 'DELETE with the id of a live session; a 404 makes clients believe that their session is gone' },
]
